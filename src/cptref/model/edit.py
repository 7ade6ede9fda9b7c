"""Conflicts between codes: NCCI PTP edits and coding guidelines."""

from datetime import date
from typing import NamedTuple


class Edit(NamedTuple):
    """Two codes that are not paid together.

    `kind` is ptp or guideline. `denied` is the column-two code of a PTP edit and None for a guideline, which names
    no column. `bypass` is `no` (indicator 0), `with_modifier` (1) or `n/a` (guideline). `effective` is None where the
    release was bundled without dates.
    """

    kind: str
    column_one: str
    column_two: str
    modifier_indicator: str | None
    effective: date | None
    deleted: date | None
    rationale: str
    denied: str | None
    bypass: str


class Conflicts(NamedTuple):
    """`conflicts`: the edits in force of one code, or among several; `titles` of the codes that are described.

    `complete` tells that the releases hold every edit of these codes for the date: only then is no edit an answer.
    """

    codes: tuple[str, ...]
    setting: str
    edits: tuple[Edit, ...]
    complete: bool
    titles: dict[str, str]


class ConflictCounts(NamedTuple):
    """How many practitioner edits a code has as column one, as column two, and how many guidelines.

    None where no release of PTP edits answers for the date. `partial` tells that the release at hand holds only some
    of the code's edits, so there may be more.
    """

    column_one: int | None
    column_two: int | None
    guideline: int
    partial: bool


BYPASS = {"0": "no", "1": "with_modifier", "9": "n/a"}


def ptp_edit(
    column_one: str,
    column_two: str,
    modifier_indicator: str,
    effective: date | None,
    deleted: date | None,
    rationale: str,
) -> Edit:
    """A PTP edit: column two is denied (NCCI Policy Manual, chapter I)."""
    return Edit(
        "ptp",
        column_one,
        column_two,
        modifier_indicator,
        effective,
        deleted,
        rationale,
        column_two,
        BYPASS[modifier_indicator],
    )


def guideline(code: str, other: str, note: str) -> Edit:
    """A coding guideline: neither column, no modifier indicator."""
    return Edit("guideline", code, other, None, None, None, note, None, "n/a")
