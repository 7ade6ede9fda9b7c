"""What the releases say of many codes at once, for claims by the thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from cptref.model.rows import AddOnRow, GuidelineRow, HcpcsRow, MueRow, OppsRow
from cptref.store.read import Store

# A pair of codes as one number: that of column one, then that of column two in as many bits.
_BITS = 20


def mue_rows(store: Store, release: int, codes: Iterable[str]) -> dict[str, MueRow]:
    """The medically unlikely edits of codes."""
    return {row[1]: MueRow(*row[1:]) for row in _asked(store, "mue_rows", release, codes)}


def add_on_rows(store: Store, release: int, codes: Iterable[str]) -> list[AddOnRow]:
    """The relations of add-on codes, those that ended too."""
    return [
        AddOnRow(add_on, kind, primary, date.fromisoformat(effective), _day(deleted), note)
        for _, add_on, kind, primary, effective, deleted, note in _asked(store, "add_on_rows", release, codes)
    ]


def hcpcs_rows(store: Store, release: int, codes: Iterable[str]) -> dict[str, HcpcsRow]:
    """What the HCPCS file says of codes and modifiers."""
    return {
        row[1]: HcpcsRow(*row[1:8], *map(_day, row[8:11]), row[11])  # type: ignore[call-arg]
        for row in _asked(store, "hcpcs_rows", release, codes)
    }


def opps_rows(store: Store, release: int, codes: Iterable[str]) -> dict[str, OppsRow]:
    """Status indicator and APC of codes."""
    return {row[1]: OppsRow(*row[1:]) for row in _asked(store, "opps_rows", release, codes)}


def guideline_rows(store: Store, codes: Iterable[str]) -> list[GuidelineRow]:
    """The coding guidelines of codes."""
    return [GuidelineRow(*row) for row in _asked(store, "guideline_rows", 0, codes)]


def complete_codes(store: Store) -> frozenset[str]:
    """The codes of which the bundled PTP edits are all there."""
    return frozenset(row[0] for row in store.rows("ptp_complete_codes"))


Term = tuple[str, date | None, date | None, str]


class PtpPairs:
    """The PTP edits of one release, asked by pairs of codes; what codes and terms are numbered by is read once."""

    def __init__(self, store: Store, release: int) -> None:
        self._store = store
        self._release = release
        self._numbers = {code: number for number, code in store.rows("ptp_codes", release=release)}
        self._codes = {number: code for code, number in self._numbers.items()}
        self.terms: dict[int, Term] = {
            number: (indicator, _day(effective), _day(deleted), rationale)
            for number, indicator, effective, deleted, rationale in store.rows("ptp_terms", release=release)
        }

    def edits(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
        """Column one, column two and term of the edits that pairs have, in the order that they are given in."""
        numbers = self._numbers
        asked = [(numbers[one] << _BITS) | numbers[two] for one, two in pairs if one in numbers and two in numbers]
        found = self._store.rows("ptp_of_pairs", release=self._release, pairs=json.dumps(asked))
        codes = self._codes
        return [(codes[pair >> _BITS], codes[pair & ((1 << _BITS) - 1)], term) for pair, term in found]


def _asked(store: Store, query: str, release: int, codes: Iterable[str]) -> list[Any]:
    return store.rows(query, release=release, codes=json.dumps(sorted(codes)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
