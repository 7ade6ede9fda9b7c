"""Sizes that a note gives apart from the procedure: `2.1 cm laceration of the forehead` ... `Forehead closed`."""

from __future__ import annotations

from collections.abc import Iterable

from cptref.answers.measures import Span, quantities
from cptref.answers.suggesting.parts import Part
from cptref.model.words import words_of
from cptref.notes.places import apart, shared_regions
from cptref.notes.reading import Mention

_UNIT = "cm"
_SKIN = "skin"


class Sizes:
    """The lengths in statements that name a place; of several in one the longest, a diameter with its margins.

    `lists_one` tells that the note lists one procedure at the most: a length is then that procedure's.
    """

    def __init__(self, mentions: Iterable[Mention], *, lists_one: bool) -> None:
        self._lists_one = lists_one
        self._known = [(mention, size) for mention in mentions if (size := _longest(words_of(mention.statement.text)))]

    def completed(self, part: Part) -> Part:
        """A part with the length that the note gives for its place, if the part has none and the note gives one."""
        if not part.terms or _longest(part.words):
            return part
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


def _longest(words: Iterable[str]) -> float:
    """The greatest length among words, in centimeters; 0 if there is none."""
    told: list[Span] = [span for span in quantities(list(words)).values() if span.unit == _UNIT]
    return max((span.high for span in told), default=0.0)
