"""The archivists' pages."""
