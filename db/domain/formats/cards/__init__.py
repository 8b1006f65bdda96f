"""Trending and daily pages, whose papers are cards that often stand twice."""
