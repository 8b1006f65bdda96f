"""The plain-text search page: which line is a title, which an abstract, decided by cost."""
