"""Stretches of a note's statements that name a procedure each, as words to ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cptref.answers.measures import quantities
from cptref.model.words import STOP, words_of
from cptref.notes.phrases import tokens
from cptref.notes.places import Places, Where, apart
from cptref.notes.reading import Mention, segments
from cptref.notes.terms import Term
from cptref.notes.words import NoteWords

# Of running text so many words on both sides of each term are asked for; an item of more words than this is such text.
_AROUND = 7
LONGEST_ITEM = 14
_TELLS_NOTHING = re.compile(r"[a-z]|x\d+|\d{5}")
_CONJUNCTION = re.compile(r"^(?:and|plus|then|&)\s+", re.IGNORECASE)
_SIZE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:cm|mm)?\s*(?:x|by)\s*(\d+(?:\.\d+)?)(?:\s*(?:cm|mm)?\s*(?:x|by)\s*\d+(?:\.\d+)?)?",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """The tokens `ends` of a mention: the words to ask for, the terms among them, and as the note writes them.

    `telling` are those terms that name a procedure wherever they stand. `detail` is true of what follows a `with` and
    names no procedure by itself: `with screw fixation`.
    """

    mention: Mention
    ends: tuple[int, int]
    words: tuple[str, ...]
    terms: tuple[str, ...]
    telling: tuple[str, ...]
    text: str
    where: Where
    detail: bool

    @property
    def line(self) -> int:
        """The line of the note that it is in."""
        return self.mention.statement.line

    def apart(self, other: Part) -> bool:
        """Whether it is on another side, or at another place of a region."""
        return apart(self.where, other.where)


class Parts:
    """Makes parts of mentions; words of `noise` tell nothing of which procedure it was."""

    def __init__(self, words: NoteWords) -> None:
        self._noise = frozenset(words.noise)
        self._places = Places(words)

    def cut(self, mention: Mention) -> list[Part]:
        """The parts of an item of a list."""
        return [self.part(mention, *ends) for ends in segments(mention)]

    def whole(self, mention: Mention) -> Part:
        """A statement as one part."""
        return self.part(mention, 0, len(mention.words))

    def narrower(self, part: Part, around: int) -> Part:
        """The same part with only so many words before and behind each of its terms; size and place stay."""
        narrow = self.part(part.mention, *part.ends, around)
        size = part.words[-2:] if quantities(part.words[-2:]) else ()
        return narrow._replace(words=tuple(dict.fromkeys((*narrow.words, *size))), where=part.where)

    def part(self, mention: Mention, start: int, end: int, around: int | None = None) -> Part:
        """The tokens from `start` to before `end`: without what a cue speaks against, and without noise."""
        terms = [term for term in mention.terms if start <= term.start < end]
        listed = around is None and mention.statement.section == "procedure" and end - start <= LONGEST_ITEM
        reach = _AROUND if around is None else around
        near = {n for term in terms for n in range(term.start - reach, term.end + reach)}
        said = [
            token.text
            for number, token in enumerate(mention.words[start:end], start)
            if mention.marks[number] is None and (listed or not terms or number in near)
        ]
        before = mention.before.text if mention.before and around is None else ""
        words = list(self._telling(f"{before} {' '.join(said)}"))
        return Part(
            mention,
            (start, end),
            tuple(dict.fromkeys(words if listed else measured(words))),
            tuple(said_of(mention, term) for term in terms),
            tuple(said_of(mention, term) for term in terms if term.always),
            _written(mention, start, end),
            self._places.read(
                [*tokens(before), *(mention.words[n] for n in range(start, end) if mention.marks[n] is None)]
            ),
            start > 0 and mention.words[start].lower == "with" and not any(term.always for term in terms),
        )

    def of_telling(self, mention: Mention, at: Sequence[int]) -> Part:
        """A statement, or the parts of a list's item whose terms tell a code, with what a `with` joins them to.

        All words that tell the code are its terms.
        """
        terms = tuple(mention.words[place].text for place in at)
        if mention.statement.section != "procedure":
            return self.whole(mention)._replace(terms=terms, telling=terms, detail=False)
        named = [place for place in at if any(term.start <= place < term.end for term in mention.terms)]
        cuts = list(segments(mention))
        has = [n for n, ends in enumerate(cuts) if any(ends[0] <= place < ends[1] for place in named or at)]
        first, last = has[0], has[-1]
        while first and mention.words[cuts[first][0]].lower == "with":
            first -= 1
        start, end = cuts[first][0], cuts[last][1]
        part = self.part(mention, start, end)
        return part._replace(terms=terms, telling=terms, detail=False, text=_CONJUNCTION.sub("", part.text))

    def _telling(self, text: str) -> Iterator[str]:
        plain = " ".join(token for token in _SIZE.sub(_largest, text).split() if token.lower() not in self._noise)
        for word in words_of(plain):
            if word not in self._noise and word not in STOP and not _TELLS_NOTHING.fullmatch(word):
                yield word


def said_of(mention: Mention, term: Term) -> str:
    """A term as the note writes it."""
    return " ".join(token.text for token in mention.words[term.start : term.end])


def _written(mention: Mention, start: int, end: int) -> str:
    """Tokens as the note writes them, with the bracket that closes one of them."""
    text, begins, ends = mention.statement.text, mention.words[start].start, mention.words[end - 1].end
    closes = text[begins:ends].count("(") > text[begins:ends].count(")") and text[ends : ends + 1] == ")"
    return text[begins : ends + closes]


def measured(words: Sequence[str]) -> list[str]:
    """Words of running text, of whose numbers only the largest of each unit counts: a diameter with its margins."""
    found = quantities(words)
    kept = set()
    for unit in {span.unit for span in found.values()} - {""}:
        largest = max(span.high for span in found.values() if span.unit == unit)
        kept.add(next(n for n, span in found.items() if (span.unit, span.high) == (unit, largest)))
    return [word for number, word in enumerate(words) if number not in found or number in kept]


def _largest(found: re.Match[str]) -> str:
    """Of the sides of a lesion or wound the longest, as codes go by it."""
    return max(found[1], found[2], key=float)
