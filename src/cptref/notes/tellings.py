"""The codes that a note's words tell outright, by the rules of tellings.toml: `RP column banded`, `ETT through cords`.

A rule is words that stand near each other in a statement, plainly told; with words that the note has elsewhere, and
such as the statement or the note must not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cptref.model.words import stem
from cptref.notes.phrases import Token

# The words of a rule stand within so many words of each other.
_WITHIN = 12
# Letters in capitals are meant as they are written if they are so few.
_SHORT = 2
# Drugs, contrast, tracers and skin substitutes are codes of these letters.
_SUPPLIES = "AJQ"


class Said(NamedTuple):
    """The words of a statement; which of them are plainly told, and of what: procedures, or other matters of now."""

    words: Sequence[Token]
    plain: Sequence[bool]
    of_procedures: bool
    of_now: bool


class Telling(NamedTuple):
    """A code, or a range of codes of one family, and the numbers of the words of a statement that tell it."""

    codes: str
    at: tuple[int, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last code."""
        return self.codes[:5], self.codes[-5:]


class Tellings:
    """Finds what statements tell; `entries` are as `sources.tellings` compiles them. Safe to share among threads."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._exact: dict[str, list[int]] = entries["exact"]
        self._stems: dict[str, list[int]] = entries["stems"]
        self._beginnings: dict[str, list[int]] = entries["beginnings"]
        # Lists of words, of which one must be there; rules by the numbers of lists.
        self._lists: list[list[int]] = entries["lists"]
        self._rules: list[tuple[str, list[int], list[int], int, int]] = entries["rules"]
        self._begun: dict[str, list[int]] = entries["begun"]

    def read(self, note: Sequence[Said]) -> list[list[Telling]]:
        """What each statement tells, in the order of its words."""
        known: dict[str, list[int]] = {}
        meant = [[self._numbers(token.text, known) for token in said.words] for said in note]
        now = {
            number
            for said, words in zip(note, meant, strict=True)
            if said.of_now
            for numbers, plain in zip(words, said.plain, strict=True)
            if plain
            for number in numbers
        }
        return [
            _best(self._told(said, words, now)) if said.of_procedures else []
            for said, words in zip(note, meant, strict=True)
        ]

    def _numbers(self, word: str, known: dict[str, list[int]]) -> list[int]:
        """The numbers of the words of rules that a word is."""
        if word not in known:
            lower = word.lower()
            found = [*self._exact.get(word, ()), *self._stems.get(stem(lower), ())]
            found += self._exact.get(lower, ()) if lower != word and len(lower) > _SHORT else ()
            known[word] = found + [n for end in range(1, len(lower) + 1) for n in self._beginnings.get(lower[:end], ())]
        return known[word]

    def _told(self, said: Said, meant: Sequence[Sequence[int]], now: set[int]) -> Iterator[Telling]:
        places: dict[int, list[int]] = defaultdict(list)
        for place, (numbers, plain) in enumerate(zip(meant, said.plain, strict=True)):
            for number in numbers if plain else ():
                places[number].append(place)
        for rule in {rule for number in places for rule in self._begun.get(str(number), ())}:
            codes, says, elsewhere, not_here, nowhere = self._rules[rule]
            if (
                all(not places.keys().isdisjoint(self._lists[each]) for each in says)
                and all(not now.isdisjoint(self._lists[each]) for each in elsewhere)
                and places.keys().isdisjoint(self._lists[not_here])
                and now.isdisjoint(self._lists[nowhere])
                and (at := _nearest([self._places(each, places) for each in says]))
            ):
                yield Telling(codes, at)

    def _places(self, words: int, places: Mapping[int, Sequence[int]]) -> list[int]:
        """Where a statement has one of the words of a list."""
        return sorted({place for word in self._lists[words] if word in places for place in places[word]})


def _nearest(places: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Where words stand nearest to each other; empty if that is too far. Two words may not be one and the same."""
    best: tuple[int, ...] = ()
    for first in places[0]:
        taken = [first]
        for others in places[1:]:
            free = [place for place in others if place not in taken]
            if not free:
                break
            taken.append(min(free, key=lambda place: abs(place - first)))
        else:
            at = tuple(sorted(taken))
            if at[-1] - at[0] <= _WITHIN and (not best or at[-1] - at[0] < best[-1] - best[0]):
                best = at
    return best


def _best(found: Iterator[Telling]) -> list[Telling]:
    """One telling for each code, the one of the most words; without those that others say with more words.

    A drug or supply, told by more words, does not take the place of the procedure that gives it.
    """
    longest: dict[str, Telling] = {}
    for each in found:
        if each.codes not in longest or len(each.at) > len(longest[each.codes].at):
            longest[each.codes] = each
    kept = [
        each
        for each in longest.values()
        if not any(
            set(each.at) < set(other.at)
            for other in longest.values()
            if other.codes != each.codes and (other.codes[0] in _SUPPLIES) == (each.codes[0] in _SUPPLIES)
        )
    ]
    return sorted(kept, key=lambda each: (each.at, each.codes))
