"""Upgrades of the library file, written once and never importing today's tables."""
