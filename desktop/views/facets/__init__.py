"""The filter pane: years, tags, dumps and so on of what is found, with counts to click."""
