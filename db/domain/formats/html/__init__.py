"""Saved pages: the data that they carry, what they say of themselves, and at last their text."""
