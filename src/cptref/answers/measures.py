"""Sizes, counts and ages: a question's `2.5 cm` lies in a name's `2.1-3 cm`, its `5 lesions` in `2-14 lesions`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from cptref.model.words import LESS, MORE, stem

# What a word of a unit is in, and how many of these it is.
_UNITS = {
    "mm": ("cm", 0.1), "cm": ("cm", 1.0), "sq": ("sq", 1.0), "sqcm": ("sq", 1.0), "min": ("min", 1.0),
    "mins": ("min", 1.0), "minute": ("min", 1.0), "hr": ("min", 60.0), "hour": ("min", 60.0), "year": ("yr", 1.0),
    "yr": ("yr", 1.0), "view": ("view", 1.0), "vw": ("view", 1.0), "lesion": ("lesion", 1.0), "les": ("lesion", 1.0),
}  # fmt: skip
_BY_STEM = {stem(word): unit for word, unit in _UNITS.items()}
# What may stand between a number and the one, or the sign, that belongs to it.
_BETWEEN = {*_BY_STEM, "to"}


class Span(NamedTuple):
    """From `low` to `high`, in a unit; empty where the words name none."""

    low: float
    high: float
    unit: str


def quantities(words: Sequence[str]) -> dict[int, Span]:
    """The numbers of a question by their place, each a span of one value; `words` as `words_of` gives them."""
    return {
        place: _span(float(word), float(word), words[place + 1 : place + 2])
        for place, word in enumerate(words)
        if _is_number(word)
    }


def spans(words: Sequence[str]) -> list[tuple[Span, tuple[int, ...]]]:
    """The spans that a name tells, each with the places of its numbers: `2.1-3 cm`, `15 or more`, `less than 3 cm`."""
    found: list[tuple[Span, tuple[int, ...]]] = []
    for place, word in enumerate(words):
        if not _is_number(word):
            continue
        value = float(word)
        before = words[place - 1] if place else ""
        after = next((n for n in range(place + 1, len(words)) if stem(words[n]) not in _BETWEEN), len(words))
        follows = words[after] if after < len(words) else ""
        unit = words[place + 1 : place + 2]
        if follows and _is_number(follows) and float(follows) > value:
            unit = words[after + 1 : after + 2]
            found.append((_span(value, float(follows), unit), (place, after)))
        elif LESS in (before, follows):
            found.append((_span(-math.inf, value, unit), (place,)))
        elif MORE in (before, follows):
            found.append((_span(value, math.inf, unit), (place,)))
    return found


def within(one: Span, other: Span) -> bool:
    """Whether a span lies in another of the same unit, or of one that is not told."""
    return (
        other.low <= one.low and one.high <= other.high and (not one.unit or not other.unit or one.unit == other.unit)
    )


def _span(low: float, high: float, behind: Sequence[str]) -> Span:
    unit, factor = _BY_STEM.get(stem(behind[0]), ("", 1.0)) if behind else ("", 1.0)
    return Span(round(low * factor, 3), round(high * factor, 3), unit)


def _is_number(word: str) -> bool:
    return word[0].isdigit() and word.replace(".", "", 1).isdigit()
