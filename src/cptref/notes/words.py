"""The words that notes are read with, as `sources.notes` compiles them from notes.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class CueWords(NamedTuple):
    """The cues of one status: those before what they speak of, and those behind it."""

    before: Sequence[str]
    after: Sequence[str]


class NoteWords(NamedTuple):
    """What notes.toml says.

    `headings` has the kind of section by heading, `heading_words` that of other headings by a word of theirs, in the
    order in which they count. `always`, `listed` and `minor` are phrases that name a procedure everywhere, in lists and
    in notes without one, or in lists only, `never` those that name none; `endings` are those of words that name one,
    `done` words that tell of what was done. `noise` are words that do not tell which procedure it was, `titles` those
    of a line that lists none. `sides` are phrases by side, `parts` and `direct` have modifiers, and `places` phrases
    by region. `further` has chains of codes by what they count.
    """

    headings: Mapping[str, str]
    heading_words: Mapping[str, str]
    cues: Mapping[str, CueWords]
    stops: Sequence[str]
    backward_stops: Sequence[str]
    forward_stops: Sequence[str]
    seeming: Sequence[str]
    always: Sequence[str]
    listed: Sequence[str]
    minor: Sequence[str]
    done: Sequence[str]
    endings: Sequence[str]
    never: Sequence[str]
    noise: Sequence[str]
    titles: Sequence[str]
    sides: Mapping[str, Sequence[str]]
    parts: Mapping[str, str]
    direct: Mapping[str, str]
    places: Mapping[str, Sequence[str]]
    further: Mapping[str, Sequence[str]]


def note_words(entries: Mapping[str, Any]) -> NoteWords:
    """The words as the store has them."""
    told = dict(entries)
    for field in ("headings", "heading_words"):
        told[field] = {text: kind for kind, texts in told[field].items() for text in texts}
    told["cues"] = {status: CueWords(cue["before"], cue["after"]) for status, cue in told["cues"].items()}
    return NoteWords(*(told[field] for field in NoteWords._fields))
