"""The archivists' desk: forms over the record form, differences of revisions, previews of what an action does."""
