"""Two dumps of invented papers, the same ones each time: what the pictures of the README show."""

from __future__ import annotations

import random

SEED, MONTHS = 11, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEAD = "new\n\nDaily Papers\n\nbyAK and the research community\n\n{day}\n\n"
NAMES = "Lantern Harbor Tagless Willow Pebble Quill Ember Plover Thistle Anchor Meadow Sextant Kestrel Larch".split()
FRAMES = (
    "{name}: {first} with {second}",
    "{first} without {second}",
    "What {first} Owes to {second}",
    "{first} and {second}: A Survey",
    "{name}: When {first} Meets {second}",
    "On {first} under {second}",
)
TOPICS = {
    "small models": (
        "Small Models; Low-Rank Adapters; Cheap Hardware; Quantised Weights; Tiny Teachers; Memory Bandwidth",
        "adapter quantised laptop bandwidth distillation teacher student sparse weights latency kernel device".split(),
    ),
    "alignment": (
        "Preference Learning; Reward Models; Patient Annotators; Fair Comparisons; Honest Judges; Human Feedback",
        "preference reward annotator judge policy comparison feedback ranking agreement helpful harmless vote".split(),
    ),
    "retrieval": (
        "Long Contexts; Retrieval; Reading Lists; Forgetful Readers; Sparse Indexes; Cited Passages",
        "retrieval passage index query citation context token memory reader library document answer".split(),
    ),
    "speech": (
        "Overlapping Speech; Subtitles; Prosody; Noisy Rooms; Spoken Questions; Quiet Voices",
        "speech speaker prosody subtitle audio noise microphone phoneme accent pause transcript voice".split(),
    ),
}
SENTENCES = (
    "We study {0} and {1} under a budget that a small group can afford.",
    "Earlier work assumed that {2} follows from {0}; we doubt it, and measure both.",
    "Over {n} tasks the effect of {1} holds, and it grows with the length of the {3}.",
    "An ablation removes each part in turn; only the {4} matters.",
    "Our {2} disagreed with each other more than with the {0}.",
    "The theory predicts where {3} fails, and it fails there.",
    "We release the {4} and the scripts, so that nobody has to believe us.",
    "The cost falls by {n} %, and the quality of the {1} does not.",
)


def papers(number: int) -> list[tuple[str, str, str]]:
    """Return title, abstract and topic of so many papers, no title twice."""
    dice, made = random.Random(SEED), dict[str, tuple[str, str, str]]()
    while len(made) < number:
        topic = dice.choice(list(TOPICS))
        heads, words = TOPICS[topic]
        first, second = dice.sample(heads.split("; "), 2)
        title = dice.choice(FRAMES).format(name=dice.choice(NAMES), first=first, second=second)
        told = [one.format(*dice.sample(words, 5), n=dice.randint(11, 64)) for one in dice.sample(SENTENCES, 5)]
        made.setdefault(title, (title, " ".join(told), topic))
    return list(made.values())


def dump(some: list[tuple[str, str, str]], day: str, seed: int) -> str:
    """Return a listing page with these papers: some with a year, some without, a few with nothing but their texts."""
    dice, blocks = random.Random(seed), []
    for title, abstract, _ in some:
        year = dice.choice((", 2023", ", 2024", ", 2024", "", ""))
        line = f"{dice.choice(MONTHS)} {dice.randint(1, 28)}{year} {dice.randint(1, 90)}"
        foot = f"\n\n  • {dice.randint(2, 24)} authors\n\n·\n\n{line}" if dice.random() < 0.85 else ""
        blocks.append(f"{title}\n\n{abstract}{foot}\n")
    return HEAD.format(day=day) + "\n".join(blocks)
