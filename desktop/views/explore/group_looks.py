"""How groups look: name, colour and shape of tags, dumps and topics, the same in charts, lists and on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from db import services
from desktop.models.cell_text import cut
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.exploring import Topic
    from db.services.kinds import Group
    from desktop.tokens import Tokens

QUIET, ALONE = -1, 5
"""Colours of what recedes beside others, and of what has none beside it."""


@dataclass(frozen=True, slots=True)
class GroupLook:
    """A group as it is drawn; `colour` is 0 to 7, or -1 for what recedes."""

    name: str
    papers: int
    colour: int

    def paint_colour(self, tokens: Tokens) -> QColor:
        """Return its colour in a set of tokens."""
        return QColor(tokens.disabled if self.colour == QUIET else tokens.tags[self.colour % len(tokens.tags)])


def looks_of_groups(groups: Sequence[Group], kind: str) -> tuple[GroupLook, ...]:
    """Return tags or dumps as they are drawn."""
    rest = {"tag": (tr("other tags"), tr("no tag")), "dump": (tr("other dumps"), tr("in no dump"))}[kind]
    made = []
    quiet = ALONE if len(groups) == 1 else QUIET
    for group in groups:
        if group.number == services.kinds.REST:
            made.append(GroupLook(rest[0], group.papers, quiet))
        elif group.number == services.kinds.NONE:
            made.append(GroupLook(rest[1], group.papers, quiet))
        else:
            made.append(GroupLook(cut(group.name), group.papers, group.colour))
    return tuple(made)


def looks_of_topics(topics: Sequence[Topic]) -> tuple[GroupLook, ...]:
    """Return topics as they are drawn."""
    return tuple(GroupLook(topic_name(topic), topic.papers, at % 8) for at, topic in enumerate(topics))


def topic_name(topic: Topic, terms: int = 4) -> str:
    """Return what a topic is called: its most telling terms."""
    return " · ".join(topic.terms[:terms]) or tr("of many things")
