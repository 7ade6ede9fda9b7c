"""The words of a statement that name a procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cptref.model.words import stem
from cptref.notes.phrases import Phrases, Token
from cptref.notes.words import NoteWords

_SHORTEST_ROOT = 3


class Term(NamedTuple):
    """The tokens `start` to before `end`, and where they name a procedure: `kind` is always, listed or minor."""

    start: int
    end: int
    kind: str

    @property
    def always(self) -> bool:
        """Whether they name a procedure wherever they stand."""
        return self.kind == "always"


class Terms:
    """Finds the words that name procedures."""

    def __init__(self, words: NoteWords) -> None:
        self._phrases = Phrases(
            dict.fromkeys(words.minor, "minor")
            | dict.fromkeys(words.listed, "listed")
            | dict.fromkeys(words.always, "always")
            | dict.fromkeys(words.never, "never")
        )
        # Verbs and nouns of one stem name the same: `excised`, `excision`.
        self._stems = {stem(each): "minor" for each in words.minor if each.isalpha()}
        self._stems |= {stem(each): "listed" for each in words.listed if each.isalpha()}
        self._stems |= {stem(each): "always" for each in words.always if each.isalpha() and each.islower()}
        self._endings = tuple(words.endings)

    def find(self, words: Sequence[Token]) -> list[Term]:
        """The terms of a statement, in their order."""
        found = {each.start: (each.end, each.value) for each in self._phrases.find(words)}
        terms = []
        at = 0
        while at < len(words):
            end, value = found.get(at, (at + 1, ""))
            if not value:
                value = self._named(words[at].lower)
            if value not in ("", "never"):
                terms.append(Term(at, end, value))
            at = end
        return terms

    def none(self, words: Sequence[Token]) -> Iterator[int]:
        """The tokens of phrases that name no procedure though their words may: `US guidance`, `biopsy site`."""
        for each in self._phrases.find(words):
            if each.value == "never":
                yield from range(each.start, each.end)

    def _named(self, word: str) -> str:
        if any(word.endswith(each) and len(word) >= len(each) + _SHORTEST_ROOT for each in self._endings):
            return "always"
        return self._stems.get(stem(word), "") if word.isalpha() else ""
