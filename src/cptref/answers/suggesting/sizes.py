"""Sizes that a note gives apart from the procedure: `2.1 cm laceration of the forehead` ... `Forehead closed`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cptref.answers.measures import Span, quantities
from cptref.answers.suggesting.parts import Part
from cptref.model.words import words_of
from cptref.notes.places import apart, shared_regions
from cptref.notes.reading import Mention

_UNIT = "cm"
_MARGIN = re.compile(
    r"(\d+(?:\.\d+)?)\s*(cm|mm)\s+(?:\w+\s+)?margins?|margins?\s+(?:of\s+|were\s+)?(\d+(?:\.\d+)?)\s*(cm|mm)",
    re.IGNORECASE,
)
# Where it is said already what was taken out.
_WHOLE = re.compile(r"\b(?:excised|total|final) (?:diameter|size|length)", re.IGNORECASE)
_SKIN = "skin"


class Sizes:
    """The lengths in statements that name a place; of several in one the longest, a diameter with its margins.

    `lists_one` tells that the note lists one procedure at the most: a length is then that procedure's.
    """

    def __init__(self, mentions: Iterable[Mention], *, lists_one: bool) -> None:
        self._lists_one = lists_one
        self._known = [(mention, size) for mention in mentions if (size := _longest(words_of(mention.statement.text)))]

    def completed(self, part: Part) -> Part:
        """A part with the length that the note gives for its place, if the part has none and the note gives one.

        An excision goes by the lesion's diameter and the margins on both sides (CPT, excision of lesions).
        """
        if not part.terms or _longest(part.words):
            return _with_margins(part)
        if not part.where.places:
            return self._only(part) if self._lists_one else part
        sizes = {
            size
            for mention, size in self._known
            if shared_regions(mention.where.places, part.where.places) and not apart(mention.where, part.where)
        }
        return part._replace(words=(*part.words, f"{sizes.pop():g}", _UNIT)) if len(sizes) == 1 else part

    def _only(self, part: Part) -> Part:
        """A part that names no place, with the one length and its place that the note gives, if it is one of skin."""
        sizes = {
            (size, place) for mention, size in self._known for region, place in mention.where.places if region == _SKIN
        }
        if len(sizes) != 1:
            return part
        size, place = sizes.pop()
        return part._replace(words=(*part.words, *place.split(), f"{size:g}", _UNIT))


def _with_margins(part: Part) -> Part:
    """A part whose only length is that of the lesion with its margins, if it tells both."""
    margin = _MARGIN.search(part.text)
    if not margin or _WHOLE.search(part.text):
        return part
    number, unit = next((margin[at], margin[at + 1]) for at in (1, 3) if margin[at])
    width = float(number) * (0.1 if unit.lower() == "mm" else 1.0)
    size = _longest(words_of(part.text.replace(margin[0], " ")))
    if not size:
        return part
    others = [word for at, word in enumerate(part.words) if at not in quantities(list(part.words))]
    return part._replace(words=(*others, f"{size + 2 * width:g}", _UNIT))


def _longest(words: Iterable[str]) -> float:
    """The greatest length among words, in centimeters; 0 if there is none."""
    told: list[Span] = [span for span in quantities(list(words)).values() if span.unit == _UNIT]
    return max((span.high for span in told), default=0.0)
