"""Which words of a statement tell of what was not done, was done earlier or by others, is planned, or is uncertain.

The method is that of ConText (Harkema, Dowling, Thornblade and Chapman 2009): a cue reaches forward or backward over
the words of its sentence, up to a word that ends its reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cptref.notes.phrases import Found, Phrases, Token
from cptref.notes.words import NoteWords

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATING = frozenset(("in", "since", "from"))
# Of several cues that reach a word, the one that says the most against it is told.
_ORDER = ("family", "history", "negated", "plan", "others", "conditional", "uncertain")


class Mark(NamedTuple):
    """What a cue says of a word, and the cue as it is written."""

    status: str
    cue: str


class _Cue(NamedTuple):
    """What a phrase is: cues reach forward, backward or both; one without a status ends their reach, or is none."""

    status: str
    forward: bool
    backward: bool


_STOP = _Cue("", forward=True, backward=True)
_FORWARD_STOP = _Cue("", forward=True, backward=False)
_BACKWARD_STOP = _Cue("", forward=False, backward=True)
_NONE = _Cue("", forward=False, backward=False)


class _Reach(NamedTuple):
    """The tokens that a cue reaches, or is, and the cue."""

    tokens: range
    mark: Mark


class Cues:
    """Finds cues and what they reach."""

    def __init__(self, words: NoteWords) -> None:
        known: dict[str, _Cue] = {}
        for status, cue in words.cues.items():
            for each in {*cue.before, *cue.after}:
                known[each] = _Cue(status, each in cue.before, each in cue.after)
        known |= dict.fromkeys(words.stops, _STOP)
        known |= dict.fromkeys(words.backward_stops, _BACKWARD_STOP)
        known |= dict.fromkeys(words.forward_stops, _FORWARD_STOP)
        self._plain = Phrases(known)
        self._phrases = Phrases(known | dict.fromkeys(words.seeming, _NONE))

    def read(self, text: str, words: Sequence[Token], *, diagnosis: bool = False) -> list[Mark | None]:
        """What is said of each word of a statement; None for what is plainly told.

        Of procedures some words only look like cues (`without difficulty`); of a `diagnosis` they are.
        """
        marks: list[Mark | None] = [None] * len(words)
        for reach in self._reaches(text, words, (self._plain if diagnosis else self._phrases).find(words)):
            for number in reach.tokens:
                present = marks[number]
                if present is None or _ORDER.index(reach.mark.status) < _ORDER.index(present.status):
                    marks[number] = reach.mark
        return marks

    def _reaches(self, text: str, words: Sequence[Token], found: Sequence[Found[_Cue]]) -> Iterator[_Reach]:
        breaks = {n for n, word in enumerate(words) if n and ";" in text[words[n - 1].end : word.start]}
        ends = breaks | {each.start for each in found if each.value == _STOP}
        ahead = ends | {each.start for each in found if each.value == _FORWARD_STOP}
        behind = breaks | {each.end for each in found if each.value in (_STOP, _BACKWARD_STOP)}
        cues = [each for each in found if each.value.status]
        cues += [
            Found(n - 1, n + 1, _Cue("history", forward=False, backward=True))
            for n, word in enumerate(words)
            if n and words[n - 1].lower in _DATING and _YEAR.fullmatch(word.text)
        ]
        for start, end, cue in ((each.start, each.end, each.value) for each in cues):
            mark = Mark(cue.status, text[words[start].start : words[end - 1].end])
            yield _Reach(range(start, end), mark)
            if cue.forward:
                # `Her mother underwent a mastectomy`: a verb ends the reach of other cues only.
                until = ends if cue.status == "family" else ahead
                yield _Reach(range(end, min((stop for stop in until if stop >= end), default=len(words))), mark)
            if cue.backward:
                # `considered, but not placed`: a stop directly before the cue does not end its reach.
                yield _Reach(range(max((stop for stop in behind if stop < start), default=0), start), mark)
