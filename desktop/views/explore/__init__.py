"""Looking at papers rather than reading them: over time, by topic, by term, by tags that stand together."""
