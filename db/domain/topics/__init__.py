"""A map of papers by what their texts say: topics with labels, and a place for each paper.

`finding`, which makes it, needs scikit-learn; the map itself does not.
"""

from __future__ import annotations

from db.domain.topics.topicmap import NONE, Topic, TopicMap

__all__ = ["NONE", "Topic", "TopicMap"]
