"""One visible part per module."""
