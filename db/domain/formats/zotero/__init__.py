"""Zotero's library: its items as a text that can be kept and read again, and from an item to a record."""
