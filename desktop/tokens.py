"""The colours of Sheaf, light and dark: the one place where a colour is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by purpose; `tags` are eight, differing in lightness as well as in hue."""

    window: str
    base: str
    alternate: str
    hairline: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    selection: str
    hover: str
    warning: str
    danger: str
    good: str
    people: str
    tags: tuple[str, ...]


LIGHT = Tokens(
    window="#F6F5F2",
    base="#FFFFFF",
    alternate="#FAF9F7",
    hairline="#DEDBD4",
    border="#C9C5BC",
    text="#1F1D1A",
    muted="#65605A",
    disabled="#9A948C",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    selection="#D6E4F5",
    hover="#ECEAE5",
    warning="#8A5A00",
    danger="#A8281E",
    good="#2E6B34",
    people="#6A3FA0",
    # red, orange, olive, green, teal, blue, violet, pink: 3:1 on every background, selection included
    tags=("#B82F37", "#C06A1B", "#7C6D00", "#005D22", "#0F8988", "#006091", "#4B3597", "#C93E88"),
)
DARK = Tokens(
    window="#1C1B1A",
    base="#232221",
    alternate="#282726",
    hairline="#3A3836",
    border="#4C4946",
    text="#ECEAE6",
    muted="#A8A39C",
    disabled="#6E6A66",
    accent="#7FB2EE",
    on_accent="#12202F",
    selection="#26394F",
    hover="#302E2C",
    warning="#E0B050",
    danger="#F0847A",
    good="#86C58C",
    people="#C3A6F2",
    tags=("#ED6F6B", "#F9A25D", "#E9D167", "#55B465", "#09DDDB", "#4BB3FD", "#987BDB", "#FEA3CC"),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def blend(colour: str, ground: str, strength: float) -> str:
    """Return a ground tinted with a colour: 0 is the ground alone, 1 the colour alone."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(below + (above - below) * strength):02X}" for above, below in pairs)
