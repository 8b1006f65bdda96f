"""Tables of papers as CSV."""
