"""Endoscopies of one base code, multiple procedure 3.

The highest is paid in full, each other at its fee less that of the base code, which is part of every one of them; the
base code itself pays nothing beside them. It need not be on the claim. With both sides done, so was the base on both.

Sources: RVU document, Multiple Procedure 3; IOM 100-04 ch. 12 §40.6, with an example.
"""

from collections.abc import Iterable
from decimal import Decimal

from cptref.model.price import Rows
from cptref.model.price_terms import BY_REPORT, NO_DATA
from cptref.model.rows import PfsRow
from cptref.pricing.adjustments.bilateral import sides_of
from cptref.pricing.fee import fee
from cptref.pricing.status import Refusal, refusal
from cptref.pricing.steps import plain
from cptref.pricing.working import WHOLE, Item, Procedure, note, rank_key

_SOURCE = "multiple procedure 3; IOM 100-04 ch. 12 §40.6"


def families(procedures: Iterable[Procedure], rows: Rows) -> list[list[Procedure]]:
    """Group what ranks as one, families of endoscopies with their rule applied; all others are by themselves."""
    procedures = list(procedures)
    members: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        row = procedure.fee.row
        if row.mult_proc == "3" and row.endo_base:
            members.setdefault(row.endo_base, []).append(procedure)
    if not members:
        return [[procedure] for procedure in procedures]
    bases = [p for p in procedures if p.fee.row.code in members and p.fee.row.mult_proc != "3"]
    done: list[tuple[Item, str]] = []
    for procedure in bases:
        for portion in procedure.portions:
            portion.amount = Decimal(0)
            done.append((portion.item, "the base code is part of the other endoscopies of its family: nothing more"))
    for base, family in members.items():
        if len(family) > 1:
            done.extend(_reduce(base, family, rows))
    note("endoscopy", _SOURCE, done)
    in_family = {id(p) for family in members.values() for p in family} | {id(p) for p in bases}
    return [*members.values(), *([p] for p in procedures if id(p) not in in_family)]


def _reduce(base: str, family: list[Procedure], rows: Rows) -> list[tuple[Item, str]]:
    family.sort(key=lambda p: rank_key(p.amount, p))
    row = rows.get(base, {}).get("")
    done: list[tuple[Item, str]] = [
        (portion.item, f"family {base}: the highest, in full") for portion in family[0].portions
    ]
    for procedure in family[1:]:
        less = _base_fee(row, procedure)
        if isinstance(less, Refusal):
            procedure.refuse(less)
            continue
        for portion, base_amount in zip(procedure.portions, less, strict=True):
            done.append(
                (portion.item, f"family {base}: {plain(portion.amount)} less {plain(base_amount)} for the base code")
            )
            portion.amount = max(portion.amount - base_amount, Decimal(0))
    return done


def _base_fee(row: PfsRow | None, procedure: Procedure) -> list[Decimal] | Refusal:
    """The base code's fee for each portion of a procedure: for both sides by the base's own indicator."""
    base = procedure.fee.row.endo_base
    if row is None:
        return Refusal(NO_DATA, f"the fee of the endoscopic base code {base} is needed")
    found = fee(row, procedure.fee.setting, procedure.fee.gpci)
    if refusal(found):
        return Refusal(BY_REPORT, f"the endoscopic base code {base} has no fee: the contractor sets the price")
    sides = sides_of(row.bilat_surg) if procedure.both_sides else (WHOLE, Decimal(0))
    if len(procedure.portions) == 1:
        sides = (sum(sides, Decimal(0)), Decimal(0))
    # Never more of the base than there is of the code itself.
    return [found.amount * min(side, portion.weight) for side, portion in zip(sides, procedure.portions, strict=False)]
