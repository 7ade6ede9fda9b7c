"""Where something was done: the side, the finger, toe, eyelid or coronary artery, and the place within a region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cptref.notes.phrases import Phrases, Token
from cptref.notes.words import NoteWords


class Where(NamedTuple):
    """What a statement says of where: sides (right, left, both), modifiers of parts with the words, and places.

    `parts` are modifiers for left and right, as a part without a side has none; `direct` modifiers of their own.
    """

    sides: frozenset[str]
    parts: tuple[tuple[str, str, str], ...]
    direct: tuple[tuple[str, str], ...]
    places: frozenset[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.sides or self.parts or self.direct or self.places)


NOWHERE = Where(frozenset(), (), (), frozenset())


class Places:
    """Reads where things were done."""

    def __init__(self, words: NoteWords) -> None:
        self._sides = Phrases({each: side for side, phrases in words.sides.items() for each in phrases})
        self._parts = Phrases(_split(words.parts))
        self._direct = Phrases(_split(words.direct))
        regions: dict[str, tuple[tuple[str, str], ...]] = {}
        for region, phrases in words.places.items():
            for each in phrases:
                regions[each] = (*regions.get(each, ()), (region, each))
        self._places = Phrases(regions)

    def sides(self, words: Sequence[Token]) -> list[tuple[int, str]]:
        """The sides that are named, with their places."""
        return [
            (each.start, each.value)
            for each in self._sides.find(words)
            if each.value != "none" and not (words[each.start].text in "LR" and _is_number(words, each.start - 1))
        ]

    def read(self, words: Sequence[Token]) -> Where:
        """Where a statement says something was done."""

        def said(start: int, end: int) -> str:
            return " ".join(token.text for token in words[start:end])

        parts = [(*each.value.split(), said(each.start, each.end)) for each in self._parts.find(words)]
        return Where(
            frozenset(side for _, side in self.sides(words)),
            tuple((left, right, text) for left, right, text in parts),
            tuple((each.value, said(each.start, each.end)) for each in self._direct.find(words)),
            frozenset(place for each in self._places.find(words) for place in each.value),
        )


def _is_number(words: Sequence[Token], at: int) -> bool:
    """Whether a number stands there: `1.2 L` is no side."""
    return at >= 0 and words[at].text[0].isdigit()


def apart(one: Where, other: Where) -> bool:
    """Whether two are on other sides, or at other places of one region."""
    if one.sides and other.sides and one.sides != other.sides:
        return True
    return any(places.isdisjoint(there) for _, places, there in shared_regions(one.places, other.places))


def shared_regions(
    one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]
) -> list[tuple[str, set[str], set[str]]]:
    """The regions that both name places of, with the places of each."""
    found: list[dict[str, set[str]]] = [{}, {}]
    for places, by_region in zip((one, other), found, strict=True):
        for region, place in places:
            by_region.setdefault(region, set()).add(place)
    return [(region, found[0][region], found[1][region]) for region in sorted(found[0].keys() & found[1].keys())]


def _split(phrases: Mapping[str, str]) -> dict[str, str]:
    """Each of the phrases that stand together."""
    return {each.strip(): value for group, value in phrases.items() for each in group.split(",")}
