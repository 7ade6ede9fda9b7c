"""Claims from the rows of a table, a line of a claim in each.

The rows of a claim stand together. A claim that comes again further down is an error, not joined to the first: to
join them the whole file would have to be held, and the first part has been judged by then. What is kept of each claim
to notice it is one number.
"""

from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from cptref.claims.lines import claim_of
from cptref.model.claim import Claim, ClaimError, ClaimLine


class Row(NamedTuple):
    """A row: `key` is what rows of one claim share, `line` the line, or why it cannot be read."""

    key: Hashable
    claim: str
    setting: str
    bill_type: str
    beneficiary: str
    position: int
    line: ClaimLine | str


def claims_of(rows: Iterable[Row], *, paid: bool = False) -> Iterator[Claim | ClaimError]:
    """The claims of a table's rows, and an error for each row or claim that cannot be read."""
    seen: set[int] = set()
    for key, group in groupby(rows, itemgetter(0)):
        found = list(group)
        if key and hash(key) in seen:
            reason = "the claim stands further up already: sort the file, so that the lines of a claim stand together"
            yield ClaimError(f"line {found[0].position}", reason, found[0].claim)
            continue
        seen.add(hash(key))
        yield from _claim(found, paid)


def _claim(rows: list[Row], paid: bool) -> Iterable[Claim | ClaimError]:
    first = rows[0]
    lines = tuple(row.line for row in rows if not isinstance(row.line, str))
    if len(lines) < len(rows):
        return [ClaimError(f"line {row.position}", row.line, row.claim) for row in rows if isinstance(row.line, str)]
    for row in rows:
        if row[2:5] != first[2:5]:
            reason = "setting, bill type or beneficiary is not that of the claim's other lines"
            return [ClaimError(f"line {row.position}", reason, row.claim)]
    claim = Claim(first.claim, first.setting, first.beneficiary, lines, first.bill_type)
    return claim_of(claim, f"line {first.position}", paid=paid)
