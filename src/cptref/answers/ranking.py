"""How well the names of codes answer a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from cptref.answers.measures import Span, quantities, spans, within
from cptref.answers.vocabulary import Concept, Vocabulary, Way
from cptref.model.words import WITHOUT, stem, words_of

# How far a word of the same meaning, or the beginning of a word, counts as the word.
_ALIKE, _BEGINNING = 0.7, 0.55
# `BAL` is no beginning of a balloon: what is asked for is clipped less than names are.
_SHORTEST_BEGINNING, _SHORTEST_ASKED = 3, 4
# A term of which only some words are there counts for less than their share.
_SHARPNESS = 2
# What a word of a name costs that was not asked for, one that makes it another code, and how many are counted.
_UNASKED, _MARKED, _MOST_UNASKED = 0.05, 0.125, 6
# So many words behind `without` are what a name is without.
_DENIED = 2
_NONE: dict[str, float] = {}


class Match(NamedTuple):
    """How a name answers: how far each concept is met, by which words of it, and what its other words cost.

    `other` tells that its size, count or age is another one than was asked for.
    """

    met: tuple[float, ...]
    by: tuple[str, ...]
    cost: float
    other: bool = False


class Ranker:
    """Matches names with one question."""

    def __init__(self, vocabulary: Vocabulary, concepts: Sequence[Concept]) -> None:
        self._vocabulary = vocabulary
        self._concepts = concepts
        self._nothing = Match((0.0,) * len(concepts), ("",) * len(concepts), 0.0)
        # The stems of the question by each stem that is one of them or of the same meaning, and by their first letter.
        self._worth: dict[str, dict[str, float]] = defaultdict(dict)
        self._initials: dict[str, list[str]] = defaultdict(list)
        for asked in {each for concept in concepts for way in concept.ways for each in way.stems}:
            for other in vocabulary.alike.get(asked, ()):
                self._worth[other][asked] = _ALIKE
            self._worth[asked][asked] = 1.0
            self._initials[asked[0]].append(asked)
        self._quantities = _quantities(concepts)
        self._asks_without = any(WITHOUT in way.stems for each in concepts for way in each.ways)
        self._likenesses: dict[str, dict[str, float]] = {}
        self._matches: dict[str, Match] = {}

    def touches(self, text: str) -> bool:
        """Whether a text, in words that are not clipped, can have anything of the question: far faster than a match."""
        lower = text.lower()
        return any(each in lower for each in self._worth)

    def match(self, name: str) -> Match:
        """How a name answers the question."""
        if name not in self._matches:
            self._matches[name] = self._match(name)
        return self._matches[name]

    def _match(self, name: str) -> Match:
        words = words_of(name)
        denied = set() if self._asks_without else _denied(words)
        likenesses = [
            (place, like) for place, word in enumerate(words) if place not in denied and (like := self._likeness(word))
        ]
        if not likenesses:
            return self._nothing
        used: set[int] = set()
        met = []
        by = []
        told = spans(words) if self._quantities else []
        other = False
        for number, concept in enumerate(self._concepts):
            worth = 0.0
            places: list[int] = []
            asked = self._quantities.get(number)
            if asked and told:
                around = next((at for span, at in told if within(asked, span)), ())
                worth, places = (1.0, list(around)) if around else (0.0, [])
                other |= not around and any(span.unit in ("", asked.unit) for span, _ in told)
            for way in concept.ways:
                found = self._way(way, likenesses, used)
                if found[0] > worth:
                    worth, places = found
            used.update(places)
            met.append(worth)
            by.append(" ".join([words[place] for place in sorted(set(places))]))
        cost = sum([self.cost(word) for place, word in enumerate(words) if place not in used and place not in denied])
        return Match(tuple(met), tuple(by), min(cost, _MOST_UNASKED * _UNASKED), other)

    def _way(self, way: Way, likenesses: list[tuple[int, dict[str, float]]], used: set[int]) -> tuple[float, list[int]]:
        """What a way to say a concept is worth in a name, and where; words that no other concept uses come first."""
        total = 0.0
        places = []
        for each in way.stems:
            best, at = 0.0, -1
            for place, likeness in likenesses:
                value = likeness.get(each, 0.0)
                if value > best or (value == best > 0 and at in used and place not in used):
                    best, at = value, place
            if at >= 0:
                total += best
                places.append(at)
        return (total / len(way.stems)) ** _SHARPNESS * way.worth, places

    def _likeness(self, word: str) -> dict[str, float]:
        """How far a word of a name is each stem of the question; those that it is not at all are left out."""
        known = self._likenesses.get(word)
        if known is None:
            own = stem(word)
            known = {
                asked: _BEGINNING
                for asked in self._initials.get(own[0], ())
                if _begins(own, asked) or (len(asked) >= _SHORTEST_ASKED and _begins(asked, own))
            }
            for meaning in self._vocabulary.meanings(word):
                for asked, worth in self._worth.get(meaning, _NONE).items():
                    known[asked] = max(worth, known.get(asked, 0.0))
            self._likenesses[word] = known
        return known

    def cost(self, word: str) -> float:
        """What a word of a name costs that was not asked for."""
        meanings = self._vocabulary.meanings(word)
        if not meanings.isdisjoint(self._vocabulary.marked):
            return _MARKED
        return 0.0 if len(word) == 1 or not meanings.isdisjoint(self._vocabulary.light) else _UNASKED


def _denied(words: Sequence[str]) -> set[int]:
    """The places of what a name says it is without."""
    found = set()
    for place, word in enumerate(words):
        if word == WITHOUT:
            found |= {
                each for each in range(place + 1, place + 1 + _DENIED) if "with" not in words[place + 1 : each + 1]
            }
    return found


def _quantities(concepts: Sequence[Concept]) -> dict[int, Span]:
    """The numbers of a question by their concept."""
    words = [(word, number) for number, concept in enumerate(concepts) for word in concept.text.split()]
    return {words[place][1]: span for place, span in quantities([word for word, _ in words]).items()}


def _begins(one: str, other: str) -> bool:
    return len(one) >= _SHORTEST_BEGINNING and one[0].isalpha() and other.startswith(one)
