"""Item models: they hold ids and fetch what is painted."""
