"""What lies outside the window: other programs' windows, the keys of the whole desktop. On X11 only, so far.

Wayland lets no program see or steer another one, by design; macOS and Windows have not been tried.
"""
