"""Lists of papers in READMEs and newsletters, their abstracts often cut."""
