"""The price of a claim's lines: one beneficiary, one date of service, one provider.

The order of the adjustments: both sides first (RVU document, Bilateral Surgery); then what depends on the other lines
of the day; then the line's own share of the package and of the surgeons; status T; the charge; and the rounding, once.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cptref.model.price import PricedLine, Rows, ServiceLine, Step
from cptref.model.price_terms import BY_REPORT, FACILITY, NONFACILITY, PRICED
from cptref.pricing import anesthesia, status
from cptref.pricing.adjustments import (
    bilateral,
    charges,
    components,
    diagnostic,
    injections,
    package,
    reports,
    surgeons,
    surgery,
    therapy,
    unpriced,
)
from cptref.pricing.fee import Fee, cents, fee, limiting_charge, nonparticipating
from cptref.pricing.status import Refusal
from cptref.pricing.steps import fee_steps, plain
from cptref.pricing.working import Item

# The multiple procedure indicators of surgery.
_RANKED = frozenset("123")


def price_claim(lines: Sequence[ServiceLine], rows: Rows, on: date) -> list[PricedLine]:
    """Price the lines of one beneficiary, date of service and provider, each with every step.

    `rows` holds the fee schedule rows of the claim's codes and of those that `codes_needed` names. Raises ValueError
    for units, a charge or a setting that cannot be.
    """
    done: dict[int, PricedLine] = {}
    items: list[Item] = []
    unranked = False
    for index, line in enumerate(lines):
        _check(index, line)
        row = components.row_of(line, rows)
        if isinstance(row, Refusal):
            done[index] = _refused(line, row)
        elif row.status == "J":
            done[index] = _anesthesia(line)
        else:
            found = fee(row, line.setting, line.gpci)
            refusal = status.refusal(found) or surgeons.refusal(line, row) or package.refusal(line, row)
            if refusal:
                done[index] = _refused(line, refusal)
                unranked = unranked or (refusal.outcome == BY_REPORT and row.mult_proc in _RANKED)
            else:
                items.append(_item(index, line, found))
    _adjust(items, rows, on, others=any(line.outcome in (PRICED, BY_REPORT) for line in done.values()))
    if unranked:
        _warn_of_unranked(items)
    _warn_of_anesthesia(done)
    done.update((item.index, _finished(item)) for item in items)
    return [done[index] for index in range(len(lines))]


def codes_needed(rows: Rows) -> set[str]:
    """The codes beside the claim's own whose rows its prices rest on: endoscopic bases, the readings of tests."""
    needed = {row.endo_base for versions in rows.values() for row in versions.values() if row.endo_base}
    for code in rows:
        needed.update(diagnostic.codes_needed(code))
    return needed - set(rows)


def _check(index: int, line: ServiceLine) -> None:
    if line.units < 1:
        raise ValueError(f"line {index + 1}: {line.units} units")
    if line.charge is not None and line.charge < 0:
        raise ValueError(f"line {index + 1}: a charge of {line.charge}")
    if line.setting not in (FACILITY, NONFACILITY):
        raise ValueError(f"line {index + 1}: a setting of '{line.setting}'")


def _item(index: int, line: ServiceLine, found: Fee) -> Item:
    item = Item(index, line, found)
    item.steps.extend(fee_steps(found))
    item.warnings.extend(status.warnings(found))
    item.warnings.extend(unpriced.warnings(line))
    return item


def _adjust(items: list[Item], rows: Rows, on: date, others: bool) -> None:
    procedures = bilateral.procedures(items)
    ranked = [procedure for procedure in procedures if procedure.fee.row.global_days != "ZZZ"]
    therapy.apply(ranked, on)
    diagnostic.apply(ranked, rows, on)
    surgery.apply(ranked, rows)
    for item in items:
        package.apply(item)
        surgeons.apply(item)
        item.refusal = item.refusal or reports.refusal(item.line, item.fee.row)
    injections.apply(items, others=others)


def _warn_of_unranked(items: list[Item]) -> None:
    for item in items:
        if item.fee.row.mult_proc in _RANKED:
            item.warnings.append("a procedure that the contractor prices is on the claim; its rank is not known")


def _warn_of_anesthesia(done: dict[int, PricedLine]) -> None:
    # All lines priced so far that have an amount are anesthesia.
    several = [index for index, line in done.items() if line.outcome == PRICED]
    for index in several if len(several) > 1 else ():
        told = "several anesthesia codes: Medicare pays the highest base units once, with the time of all (§50)"
        done[index] = done[index]._replace(warnings=(*done[index].warnings, told))


def _finished(item: Item) -> PricedLine:
    """The line rounded, with its charge and what a non-participating practitioner may have."""
    if item.refusal:
        return _refused(item.line, item.refusal, item.steps, item.warnings)
    charge = charges.over_charge(item)
    fee_amount = item.amount
    if charge is not None:
        item.steps.append(_charge_step(charge, fee_amount))
    return _priced(item.line, item.steps, item.warnings, fee_amount, charge)


def _anesthesia(line: ServiceLine) -> PricedLine:
    found = anesthesia.price(line)
    if isinstance(found, Refusal):
        return _refused(line, found)
    steps, warnings = found
    amount = steps[-1].amount or Decimal(0)
    charge = line.charge if line.charge is not None and line.charge < amount else None
    if charge is not None:
        steps.append(_charge_step(charge, amount))
    return _priced(line, steps, warnings, amount, charge)


def _charge_step(charge: Decimal, fee_amount: Decimal) -> Step:
    return Step("charge", f"the charge of {charge} is paid, as the fee comes to {plain(fee_amount)}", charge)


def _priced(
    line: ServiceLine, steps: list[Step], warnings: list[str], fee_amount: Decimal, charge: Decimal | None
) -> PricedLine:
    participating = cents(fee_amount)
    amount = participating if charge is None else cents(charge)
    mac, locality = _where(line)
    return PricedLine(
        line.code,
        line.modifiers,
        line.units,
        mac,
        locality,
        line.setting,
        amount,
        (*steps, Step("rounding", f"rounded once, half up: {amount}", amount)),
        PRICED,
        None,
        tuple(warnings),
        participating,
        nonparticipating(participating),
        limiting_charge(participating),
    )


def _refused(
    line: ServiceLine, refusal: Refusal, steps: Sequence[Step] = (), warnings: Sequence[str] = ()
) -> PricedLine:
    mac, locality = _where(line)
    return PricedLine(
        line.code,
        line.modifiers,
        line.units,
        mac,
        locality,
        line.setting,
        None,
        tuple(steps),
        refusal.outcome,
        refusal.reason,
        tuple(warnings),
        None,
        None,
        None,
    )


def _where(line: ServiceLine) -> tuple[str, str]:
    place = line.anesthesia.factor if line.anesthesia else line.gpci
    return place.mac, place.locality
