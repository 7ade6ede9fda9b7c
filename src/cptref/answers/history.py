"""What the releases themselves tell of a code's life: when it came and went, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from cptref.answers.context import Context
from cptref.model.page import HistoryEvent
from cptref.model.rows import CONTRACTOR_DEFINED, AddOnRow, Release

MUE_SETTINGS = ("practitioner", "hospital", "dme")
_MOST_NAMED = 12
# The keys of a row, and what follows from other fields or says nothing of the code.
_NOT_TOLD = {"code", "modifier", "setting", "nonfacility_total", "facility_total", "rationale"}


class _Said(NamedTuple):
    """What one release says of a code: its rows by modifier."""

    release: Release
    rows: Mapping[str, Any]


def release_history(context: Context, code: str) -> list[HistoryEvent]:
    """What changed for a code from each loaded release of the fee schedule and of the MUE to the next."""
    store = context.store
    events = list(_changes("fee schedule", _said(context, "pfs", "", code)))
    for setting in MUE_SETTINGS:
        events += _changes("MUE", _said(context, "mue", setting, code))
    release = context.release("add_on", "", code)
    events += _primaries(store.add_on(release, code, None) if release is not None else [], code)
    return events


def _primaries(relations: list[AddOnRow], code: str) -> Iterator[HistoryEvent]:
    """From and to which days an add-on may follow which codes."""
    days: dict[tuple[date, str, str], list[str]] = {}
    for row in relations:
        if row.add_on == code:
            days.setdefault((row.effective, "add-on", "From this day it follows"), []).append(row.primary)
            if row.deleted:
                days.setdefault((row.deleted, "add-on", "To this day it follows"), []).append(row.primary)
    for (day, action, what), primaries in days.items():
        named = sorted("codes of the contractor's choice" if p == CONTRACTOR_DEFINED else p for p in primaries)
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        yield HistoryEvent(day, action, f"{what} {' '.join(named[:_MOST_NAMED])}{more}")


def _said(context: Context, kind: str, setting: str, code: str) -> list[_Said]:
    """What each loaded release says of a code, the oldest first; a bundled one only of the catalog's codes."""
    found = []
    for number, release in context.releases(kind, setting):
        if release.partial and not context.store.exists(code):
            continue
        if kind == "pfs":
            rows: dict[str, Any] = {row.modifier: row for row in context.store.pfs(number, code)}
        else:
            row = context.store.mue(number, code)
            rows = {"": row} if row else {}
        found.append(_Said(release, rows))
    return found


def _changes(what: str, said: list[_Said]) -> Iterator[HistoryEvent]:
    if said and said[0].rows:
        first = said[0].release
        yield HistoryEvent(first.effective, "listed", f"In {what} {first.name}, the earliest that is loaded")
    for before, after in pairwise(said):
        release = after.release
        # Between releases that do not follow one another it is not known when within them.
        since = "" if (release.effective - before.release.ends).days <= 1 else f", between {before.release.name} and it"
        where = f"{what} {release.name}{since}"
        for modifier in sorted(before.rows.keys() | after.rows.keys()):
            named = f" with {modifier}" if modifier else ""
            old, new = before.rows.get(modifier), after.rows.get(modifier)
            if old is None:
                yield HistoryEvent(release.effective, "added", f"New{named} in {where}")
            elif new is None:
                yield HistoryEvent(release.effective, "removed", f"No longer{named} in {where}")
            elif told := "; ".join(_differences(old, new)):
                yield HistoryEvent(release.effective, "changed", f"{where}{named}: {told}")


def _differences(old: Any, new: Any) -> Iterable[str]:
    for field in old._fields:
        before, after = getattr(old, field), getattr(new, field)
        if before != after and field not in _NOT_TOLD:
            yield f"{field.replace('_', ' ')} {before or 'none'} to {after or 'none'}"
