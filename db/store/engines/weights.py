"""How much a word counts in each column of the search index, for bm25; both engines rank by it."""

BM25 = {"title": 8.0, "abstract": 1.0, "notes": 2.0, "authors": 4.0, "key": 4.0}
