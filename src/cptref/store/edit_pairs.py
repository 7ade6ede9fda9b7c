"""The pairs of codes whose PTP edits differ between two releases.

A release numbers codes and terms for itself, and has 2.5 million edits. So both are read a column-one code at a time,
which takes little memory, and numbers are made the same on the way: half the time of a join of the two files in SQL.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Set

from cptref.store.judge import Row
from cptref.store.side import Side, Wanted

Pair = tuple[str, str, list[Row], list[Row]]
# Column-two code and the number of a term.
_Edits = set[tuple[str, int]]


def edit_pairs(before: Side, after: Side, wanted: Wanted | None) -> tuple[set[str], Iterator[Pair]]:
    """The codes that either release has edits of, and the pairs that differ with their old and new rows.

    With `wanted` only pairs of which a code is wanted.
    """
    terms: dict[Row, int] = {}
    old, new = (_Release(side, terms, wanted) for side in (before, after))
    return {*old.codes.values(), *new.codes.values()}, _pairs(old, new, terms)


def _pairs(old: _Release, new: _Release, terms: dict[Row, int]) -> Iterator[Pair]:
    rows = list(terms)
    for one in sorted(old.columns_one | new.columns_one):
        was, now = old.edits(one), new.edits(one)
        differing = {two for two, _ in was ^ now}
        old_rows, new_rows = (_by_pair(edits, differing, rows) for edits in (was, now))
        for two in sorted(differing):
            yield one, two, old_rows[two], new_rows[two]


def _by_pair(edits: _Edits, differing: set[str], rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    if differing:
        for two, term in edits:
            if two in differing:
                found[two].append(rows[term])
    return found


class _Release:
    """The edits of a release. `terms` numbers what edits share, the same for both releases."""

    def __init__(self, side: Side, terms: dict[Row, int], wanted: Wanted | None) -> None:
        self._side = side
        self.codes: dict[int, str] = dict(side.ask("ptp_codes"))
        self._numbers = {code: number for number, code in self.codes.items()}
        self._terms = {number: terms.setdefault(_term(*row), len(terms)) for number, *row in side.ask("ptp_terms")}
        self._chosen: dict[str, _Edits] | None = None if wanted is None else self._choose(wanted)
        self.columns_one: Set[str] = (self._numbers if self._chosen is None else self._chosen).keys()

    def _choose(self, wanted: Wanted) -> dict[str, _Edits]:
        """The edits of the wanted codes, by column one."""
        numbers = [number for number, code in self.codes.items() if wanted(code)]
        found: defaultdict[str, _Edits] = defaultdict(set)
        for one, two, term in self._side.ask("ptp_of_codes", codes=json.dumps(numbers)):
            found[self.codes[one]].add((self.codes[two], self._terms[term]))
        return found

    def edits(self, one: str) -> _Edits:
        """The edits that have a code in column one."""
        if self._chosen is not None:
            return self._chosen.get(one, set())
        rows = self._side.ask("ptp_of_column_one", one=self._numbers.get(one))
        return {(self.codes[two], self._terms[term]) for two, term in rows}


def _term(indicator: str, effective: str | None, deleted: str | None, rationale: str) -> Row:
    """What edits share, as text; one of indicator 9 was never in force, whatever its dates."""
    return indicator, effective or "", (effective if indicator == "9" else deleted) or "", rationale
