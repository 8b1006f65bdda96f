"""Search pages that kept their links: as Markdown, with numbered references, with addresses on lines of their own."""
