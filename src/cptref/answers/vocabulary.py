"""What words stand for: the vocabulary of the store, and a question read with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from cptref.model.words import LESS, MORE, stem
from cptref.store.read import Store

# What the first of the other ways to say a term is worth, how much less each further one is, and the least; and what
# the parts of a Greek word tell.
_MEANS, _FURTHER, _LEAST, _PARTS = 0.9, 0.03, 0.75, 0.8
_LITERAL = 0.8
_LONGEST_TERM = 5
_UNITS = frozenset(
    "mm cm sq min mins minute minutes hour hours hr view views year years yr weeks week mg ml gram grams g gm lesion "
    "lesions day days unit units".split()
) | {LESS, MORE}

Stems = tuple[str, ...]


class Way(NamedTuple):
    """One way to say a concept: stems that belong together, and what a match of them is worth."""

    stems: Stems
    worth: float


class Concept(NamedTuple):
    """A word or term of a question and the ways to say it. A light one tells little; a measure is a number or unit."""

    text: str
    ways: tuple[Way, ...]
    light: bool
    measure: bool


class Vocabulary:
    """The vocabulary, by stems; `entries` are as `sources.vocabulary` compiles them. Safe to share among threads."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self.alike: dict[str, list[str]] = entries["alike"]
        self.ranges: dict[str, str] = entries["ranges"]
        self.light = frozenset(entries["light"])
        self.marked = frozenset(entries["marked"])
        self._spelled: dict[str, str] = entries["spelled"]
        self._readings: dict[str, str] = entries["readings"]
        self._means: dict[str, str] = entries["means"]
        self._firm = frozenset(entries.get("firm", ()))
        self._roots: dict[str, list[str]] = entries["roots"]
        self._endings: dict[str, list[str]] = entries["endings"]
        self._meanings: dict[str, frozenset[str]] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is in the vocabulary, or can be taken apart with it."""
        own = stem(word)
        known = (self._readings, self._spelled, self._means, self.ranges)
        return any(key in entries for entries in known for key in (word, own)) or bool(self._apart(word))

    def words(self) -> set[str]:
        """All words as they are written, but for those that only ranges are about."""
        return {word for written in self._spelled.values() for word in written.split()}

    def meanings(self, word: str) -> frozenset[str]:
        """The stems that a word of a name may stand for, its own among them."""
        known = self._meanings.get(word)
        if known is None:
            known = self._meanings[word] = frozenset(
                {stem(word), *self._readings.get(word, "").replace("|", " ").split()}
            )
        return known

    def written(self, own: str) -> set[str]:
        """How a stem is written, clipped forms and words of its meaning among them."""
        found = {each for other in (own, *self.alike.get(own, ())) for each in self._spelled.get(other, "").split()}
        return {each for each in found if len(each) > 1}

    def concepts(self, words: Sequence[str]) -> list[Concept]:
        """A question as concepts: the longest terms that the vocabulary knows, else single words."""
        stems = [stem(word) for word in words]
        found: list[Concept] = []
        at = 0
        while at < len(words):
            longest = min(_LONGEST_TERM, len(words) - at)
            length = next((n for n in range(longest, 1, -1) if " ".join(stems[at : at + n]) in self._means), 1)
            found.append(self._concept(words[at : at + length], tuple(stems[at : at + length])))
            at += length
        return list(dict.fromkeys(found))

    def _concept(self, words: Sequence[str], stems: Stems) -> Concept:
        # What a term of diagnoses means is what it is called there, whatever else has its words.
        firm = " ".join(stems) in self._firm
        ways = {stems: _LITERAL if firm else 1.0}
        others = _ways(self._means.get(" ".join(stems), ""))
        if len(stems) == 1:
            others += _ways(self._readings.get(words[0], ""))
        for number, other in enumerate(others):
            ways.setdefault(other, max((1.0 if firm else _MEANS) - _FURTHER * number, _LEAST))
        apart = self._apart(words[0]) if len(stems) == 1 else ()
        if apart:
            ways.setdefault(apart, _PARTS)
        light = len(ways) == 1 and self.light.issuperset(stems)
        measure = all(word[0].isdigit() or word in _UNITS for word in words)
        return Concept(" ".join(words), tuple(Way(*way) for way in ways.items()), light, measure)

    def _apart(self, word: str) -> Stems:
        """What a word says by its Greek or Latin parts; nothing for a word that has none."""
        for ending, does in self._endings.items():
            root = word.removesuffix(ending)
            if root != word and root in self._roots:
                return (*self._roots[root], *does)
        return ()


_vocabularies: WeakKeyDictionary[Store, dict[bool, Vocabulary]] = WeakKeyDictionary()


def vocabulary_of(store: Store, *, diagnoses: bool = False) -> Vocabulary:
    """The vocabulary of a store, read once; with the terms of diagnoses, where these are searched."""
    known = _vocabularies.setdefault(store, {})
    if diagnoses not in known:
        entries = store.vocabulary()
        if diagnoses:
            told = store.diagnosis_words()
            entries |= {kind: entries[kind] | told[kind] for kind in ("means", "spelled")}
            entries |= {kind: told[kind] for kind in ("light", "marked")} | {"firm": told["means"]}
        known[diagnoses] = Vocabulary(entries)
    return known[diagnoses]


def _ways(text: str) -> list[Stems]:
    """The ways that are written in one text: `open treat|fix`."""
    return [tuple(way.split()) for way in text.split("|") if way]
