"""Looking up what papers lack: what is asked of whom, what was found, and what of it is taken over."""
