"""Zotero's own database, read from a copy: nothing here ever writes beside the original, nor locks it."""
