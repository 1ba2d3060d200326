"""The API: every published record for programs, and drafts entered by them."""
