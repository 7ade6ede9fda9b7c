"""Diagnostic tests of one day: further technical and professional parts at a share of their fee.

Multiple procedure 4, imaging: technical and professional parts, each ranked by themselves within a family. 6,
cardiovascular, and 7, ophthalmology: technical parts only. The parts of a whole service count each on their own.
The reduced technical part is then compared with the OPPS cap, and the lower is paid.

Sources: RVU document, Multiple Procedure 4, 6 and 7; for the order of reduction and cap the fee schedule's final rule
for 2007 (71 FR 69624, implementation of Deficit Reduction Act 5102).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cptref.model.price import Rows
from cptref.model.price_terms import NO_DATA
from cptref.pricing.adjustments.rates import Since, rate_on
from cptref.pricing.fee import Fee, fee
from cptref.pricing.status import Refusal
from cptref.pricing.steps import plain
from cptref.pricing.working import WHOLE, Item, Procedure, note, percent, rank_key

_TECHNICAL: dict[str, Since] = {
    "4": ((date(2010, 7, 1), Decimal("0.50")), (date(2006, 1, 1), Decimal("0.75"))),
    "6": ((date(2013, 1, 1), Decimal("0.75")),),
    "7": ((date(2013, 1, 1), Decimal("0.80")),),
}
_PROFESSIONAL: dict[str, Since] = {
    "4": ((date(2017, 1, 1), Decimal("0.95")), (date(2012, 1, 1), Decimal("0.75"))),
}
_KINDS = {"4": "imaging", "6": "cardiovascular", "7": "ophthalmology"}
# PC/TC 4, the whole test: the codes that are its professional part. What is over is technical. No file says which.
_READINGS = {
    "93000": ("93010",), "93015": ("93016", "93018"), "93040": ("93042",), "93224": ("93227",), "93241": ("93244",),
    "93245": ("93248",), "93268": ("93272",), "93784": ("93790",),
}  # fmt: skip


class _Parts(NamedTuple):
    """A unit's technical and professional part in dollars; `cap` is the OPPS cap of the technical part."""

    technical: Decimal
    cap: Decimal | None
    professional: Decimal

    def amount(self, technical: Decimal, professional: Decimal) -> Decimal:
        """The unit's amount with each part at a share of its fee."""
        reduced = self.technical * technical
        return (reduced if self.cap is None else min(reduced, self.cap)) + self.professional * professional


def codes_needed(code: str) -> tuple[str, ...]:
    """The codes whose rows tell a whole test's professional part."""
    return _READINGS.get(code, ())


def apply(procedures: Iterable[Procedure], rows: Rows, on: date) -> None:
    """Reduce all technical parts but the highest of each kind and family, and likewise the professional parts."""
    groups: dict[tuple[str, str], list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        row = procedure.fee.row
        if row.mult_proc == "4" and row.imaging_family != "99":
            groups["4", row.imaging_family].append(procedure)
        elif row.mult_proc in ("6", "7"):
            groups[row.mult_proc, ""].append(procedure)
    for (kind, family), group in groups.items():
        if len(group) > 1:
            _reduce(kind, family, group, rows, on)


def _reduce(kind: str, family: str, group: list[Procedure], rows: Rows, on: date) -> None:
    parts: dict[int, _Parts] = {}
    for procedure in group:
        found = _parts(procedure.fee, rows)
        if isinstance(found, Refusal):
            procedure.refuse(found)
        else:
            parts[id(procedure)] = found
    known = [procedure for procedure in group if id(procedure) in parts]
    technical = rate_on(_TECHNICAL[kind], on)
    # Before 2011 families had numbers; the professional part has been reduced in family 88 only.
    professional = rate_on(_PROFESSIONAL.get(kind, ()), on) if family == "88" else None
    further_tc = _further(known, {key: part.technical for key, part in parts.items()}) if technical else set()
    further_pc = _further(known, {key: part.professional for key, part in parts.items()}) if professional else set()
    done: list[tuple[Item, str]] = []
    for procedure in known:
        key, part = id(procedure), parts[id(procedure)]
        tc = technical if technical and key in further_tc else WHOLE
        pc = professional if professional and key in further_pc else WHOLE
        said = []
        if tc != WHOLE:
            cap = part.cap if part.cap is not None and part.cap < part.technical * tc else None
            said.append(
                f"technical part {plain(part.technical)} at {percent(tc)}"
                + ("" if cap is None else f", capped at {plain(cap)}")
            )
        if pc != WHOLE:
            said.append(f"professional part {plain(part.professional)} at {percent(pc)}")
        if not said:
            continue
        for portion in procedure.portions:
            portion.amount = part.amount(tc, pc) * portion.weight
            done.append((portion.item, ", ".join(said)))
            if {"59", "XE"}.intersection(portion.item.line.modifiers):
                portion.item.warnings.append("a test of a separate session, as 59 or XE may say, is not reduced")
    note("diagnostic", f"multiple procedure {kind}, {_KINDS[kind]}; RVU document", done)


def _further(procedures: list[Procedure], values: dict[int, Decimal]) -> set[int]:
    """All that have the part, but the highest by its fee."""
    ranked = sorted(
        (p for p in procedures if values[id(p)]), key=lambda p: rank_key(values[id(p)] * p.weight, p)
    )  # fmt: skip
    return {id(procedure) for procedure in ranked[1:]}


def _parts(found: Fee, rows: Rows) -> _Parts | Refusal:
    row = found.row
    if row.modifier == "26" or row.pctc == "2":
        return _Parts(Decimal(0), None, found.uncapped)
    if row.modifier == "TC" or row.pctc == "3":
        return _Parts(found.uncapped, found.cap, Decimal(0))
    readings = [(row.code, "26")] if row.pctc == "1" else [(code, "") for code in codes_needed(row.code)]
    professional = Decimal(0)
    for code, modifier in readings:
        reading = rows.get(code, {}).get(modifier)
        if reading is None:
            return Refusal(NO_DATA, f"the technical part needs the row of {code}{modifier and '-'}{modifier}")
        professional += fee(reading, found.setting, found.gpci).uncapped
    if not readings:
        return Refusal(NO_DATA, f"PC/TC {row.pctc}: no published parts to reduce")
    cap = None if found.cap is None else found.cap - professional
    return _Parts(found.uncapped - professional, cap, professional)
