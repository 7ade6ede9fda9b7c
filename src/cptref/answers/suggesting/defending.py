"""Modifiers that the words of a note defend: sides, fingers, toes, eyelids, coronary arteries, distinct sites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cptref.answers.context import Context
from cptref.answers.page import page
from cptref.answers.suggesting.parts import Part
from cptref.errors import NotFoundError
from cptref.model.modifier import ModifierVerdict
from cptref.model.suggestion import ProposedModifier
from cptref.notes.places import Where, shared_regions
from cptref.notes.reading import Mention, Note

# Where in the body the codes are that a modifier's first letter is for: `LUL` is an eyelid, or a lobe of the lung.
_REGIONS = {
    "E": (("10000", "19999"), ("65000", "68999")),
    "F": (("10000", "29999"), ("64000", "64999")),
    "T": (("10000", "29999"), ("64000", "64999")),
    "L": (("33000", "37999"), ("92900", "93799")),
    "R": (("33000", "37999"), ("92900", "93799")),
}
_SIDES = {"right": "RT", "left": "LT", "both": "50"}


class Defender:
    """Finds the modifiers of codes."""

    def __init__(self, context: Context, note: Note) -> None:
        # What is asked of codes here is no answer of its own: its warnings stay here.
        self._context = Context(context.store, context.as_of)
        self._verdicts: dict[str, dict[str, ModifierVerdict]] = {}
        self._side = _one_side([*note.listed, *note.diagnoses])

    def modifiers(self, code: str, parts: Sequence[Part]) -> tuple[ProposedModifier, ...]:
        """The modifiers of a code that words of some parts of the note defend, and that the code takes."""
        wheres = [part.where for part in parts]
        sides = frozenset[str]().union(*(where.sides for where in wheres))
        side = next(iter(sides)) if len(sides) == 1 else "both" if "both" in sides else ""
        reason = f"the note says '{side if side != 'both' else 'bilateral'}'" if side else ""
        if not sides and self._side:
            side, line = self._side
            reason = f"line {line} says '{side}', and no other line another side"
        for found in (*self._anatomic(code, wheres, side), *([(_SIDES[side], reason)] if side else [])):
            if self._takes(code, found[0]):
                return (ProposedModifier(*found),)
        return ()

    def _anatomic(self, code: str, wheres: Sequence[Where], side: str) -> list[tuple[str, str]]:
        """The modifiers of a finger, toe, eyelid or coronary artery that the words name."""
        found = []
        for where in wheres:
            for left, right, text in where.parts:
                if side in ("left", "right"):
                    found.append((left if side == "left" else right, f"the note says '{side}' and '{text}'"))
            found += [(modifier, f"the note says '{text}'") for modifier, text in where.direct]
        found = [each for each in found if any(first <= code <= last for first, last in _REGIONS[each[0][0]])]
        return found if len({modifier for modifier, _ in found}) == 1 else []

    def _takes(self, code: str, modifier: str) -> bool:
        """Whether a code takes a modifier; one of a side always, others also on a condition that a note can meet."""
        if code not in self._verdicts:
            try:
                self._verdicts[code] = {each.modifier: each for each in page(self._context, code).modifiers}
            except NotFoundError:
                self._verdicts[code] = {}
        verdict = self._verdicts[code].get(modifier)
        allowed = ("yes",) if modifier in _SIDES.values() else ("yes", "conditional")
        return verdict is not None and verdict.allowed in allowed


def _one_side(mentions: Sequence[Mention]) -> tuple[str, int] | None:
    """The side that a note names throughout, with the first line that does; None where it names several or none."""
    named = [(side, mention.statement.line) for mention in mentions for side in mention.where.sides]
    return named[0] if len({side for side, _ in named}) == 1 and named[0][0] != "both" else None


def distinct(one: Sequence[Part], other: Sequence[Part]) -> str:
    """Why two procedures of a note are at distinct sites; empty where it does not tell so."""
    if not one or not other:  # a code that the note names by itself
        return ""
    lines = [parts[-1].line for parts in (one, other)]
    places = [frozenset[tuple[str, str]]().union(*(part.where.places for part in parts)) for parts in (one, other)]
    for _, here, there in shared_regions(*places):
        if here.isdisjoint(there):
            return f"other sites: {_and(here)} (line {lines[0]}), {_and(there)} (line {lines[1]})"
    sides = [frozenset[str]().union(*(part.where.sides for part in parts)) for parts in (one, other)]
    if all(len(each) == 1 and "both" not in each for each in sides) and sides[0] != sides[1]:
        return f"other sides: {_and(sides[0])} (line {lines[0]}), {_and(sides[1])} (line {lines[1]})"
    return ""


def _and(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))
