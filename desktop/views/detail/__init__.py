"""The detail pane: one paper, several, or none, with every field editable in place."""

from desktop.views.detail.pane import DetailPane

__all__ = ["DetailPane"]
