"""Makes what is handed to people who have no Python: a folder with everything, an archive of it, a Debian package."""
