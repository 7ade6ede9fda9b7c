"""The tokens of a text, and the phrases that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

_TOKEN = re.compile(
    r"\b[A-Za-z]/[A-Za-z]{1,2}\b|[A-Za-z]+(?:&[A-Za-z]+)+|\d+(?:\.\d+)?[A-Za-z]*|\.\d+|[A-Za-z][A-Za-z0-9]*(?:'[a-z]+)?|&"
)
V = TypeVar("V")
_SHORT = 2


class Token(NamedTuple):
    """A word or number as it is written, and where."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text; `s/p`, `I&D` and `2.5` are one each, `follow-up` is two."""
    return [Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]


@dataclass(frozen=True)
class Found(Generic[V]):
    """A phrase at the tokens `start` to before `end`, and what it stands for."""

    start: int
    end: int
    value: V


class Phrases(Generic[V]):
    """Phrases to look for, each with what it stands for; of several at one place the longest is found."""

    def __init__(self, phrases: Mapping[str, V]) -> None:
        self._values: dict[tuple[str, ...], V] = {}
        self._lengths: dict[str, set[int]] = {}
        for phrase, value in phrases.items():
            # One or two letters are meant as they are written: `L` is a side, `US` an ultrasound.
            words = tuple(t.text if len(phrase) <= _SHORT and phrase.isupper() else t.lower for t in tokens(phrase))
            self._values[words] = value
            self._lengths.setdefault(words[0], set()).add(len(words))

    def find(self, words: Sequence[Token]) -> list[Found[V]]:
        """The phrases of a text, none within another, in their order."""
        lower = [token.lower for token in words]
        found = []
        at = 0
        while at < len(words):
            match = next(self._at(words, lower, at), None)
            if match:
                found.append(match)
            at = match.end if match else at + 1
        return found

    def _at(self, words: Sequence[Token], lower: Sequence[str], at: int) -> Iterator[Found[V]]:
        """The phrases that begin at a place, the longest first."""
        written = {words[at].text, lower[at]} if len(words[at].text) <= _SHORT else {lower[at]}
        known = {(length, first) for first in written for length in self._lengths.get(first, ())}
        for length, first in sorted(known, reverse=True):
            phrase = (first, *lower[at + 1 : at + length])
            if at + length <= len(words) and phrase in self._values:
                yield Found(at, at + length, self._values[phrase])
