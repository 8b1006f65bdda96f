"""What the actions do: one module per area; the window is to them what `desk.py` says."""
