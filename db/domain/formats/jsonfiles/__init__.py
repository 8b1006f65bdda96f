"""JSON archives, JSON Lines, answers of services, and CSL-JSON."""
