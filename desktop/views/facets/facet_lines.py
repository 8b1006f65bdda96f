"""The lines of the filter pane as their delegate sees them: what `SideLines` knows, and whether counts are old."""

from __future__ import annotations

from desktop.views.side_lines import SideLines


class FacetLines(SideLines):
    """A tree that answers what painting its lines needs to know."""

    waits = False
