"""The screen of the reference library; the only place that knows Qt."""
