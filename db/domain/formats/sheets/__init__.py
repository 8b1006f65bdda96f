"""The page of one paper, with its authors, as text or Markdown."""
