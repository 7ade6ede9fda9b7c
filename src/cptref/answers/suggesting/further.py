"""Add-on codes for more of what a procedure has: further interspaces, lesions, stages, square centimeters, minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from cptref.answers.finding import Found
from cptref.answers.suggesting.asking import OUTRIGHT
from cptref.answers.suggesting.matching import Proposed
from cptref.notes.counts import further
from cptref.notes.reading import Mention, Note

# What a procedure's own statements do not count, so many statements behind them may.
_FOLLOWING = 4


class Further:
    """Knows which code is added to which, and by what it counts: `codes` has chains of codes by unit."""

    def __init__(self, codes: Mapping[str, Sequence[str]], note: Note) -> None:
        self._units: dict[str, list[tuple[str, list[str]]]] = {}
        self._primaries: dict[str, list[str]] = {}
        for unit, chains in codes.items():
            for chain in chains:
                first, *added = chain.split()
                self._units.setdefault(first, []).append((unit, added))
                for code in added:
                    self._primaries.setdefault(code, []).append(first)
        self._mentions = note.mentions

    def of(self, procedures: Sequence[Proposed]) -> Iterator[Proposed]:
        """What is added to procedures, of which none is proposed yet; and the only code that one may be added to."""
        known = {each.code for each in procedures}
        for each in procedures:
            primaries = self._primaries.get(each.code, ())
            if len(primaries) == 1 and not known & set(primaries):
                known.update(primaries)
                yield each._replace(found=(Found(primaries[0], OUTRIGHT),), told=(f"primary of {each.code}",))
        busy = {id(part.mention) for each in procedures for part in each.parts}
        for each in procedures:
            for unit, added in self._units.get(each.code, ()):
                count, text = self._counted(each, unit, busy)
                for code in added[:count]:
                    if code not in known:
                        known.add(code)
                        more = count if code == added[-1] else 1
                        told = (f"{more} more by the {unit}: {text}",)
                        yield Proposed(each.parts, each.question, (Found(code, OUTRIGHT),), told=told)

    def _counted(self, found: Proposed, unit: str, busy: set[int]) -> tuple[int, str]:
        """How many more a procedure's statements count, or one behind them does, and what counts them."""
        for part in found.parts:
            if count := further(unit, part.text):
                return count, part.text
        last = found.parts[-1].mention
        for text in self._behind(last, busy):
            if count := further(unit, text):
                return count, text
        return 0, ""

    def _behind(self, last: Mention, busy: set[int]) -> Iterator[str]:
        """The statements behind one, up to the next procedure's."""
        at = next((number for number, each in enumerate(self._mentions) if each is last), len(self._mentions))
        for mention in islice(self._mentions, at, at + 1 + _FOLLOWING):
            if mention is not last and id(mention) in busy:
                return
            yield mention.statement.text
