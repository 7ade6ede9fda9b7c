"""`price --all`, `--by-locality` and `--history`: many prices at once."""

from __future__ import annotations

from decimal import Decimal

from cptref.answers.context import Context
from cptref.answers.localities import indices
from cptref.answers.missing import not_found
from cptref.answers.price import Schedule, check_gpci
from cptref.errors import NotFoundError
from cptref.model.price import ServiceLine
from cptref.model.price_tables import CodePrices, LocalityPrice, ReleasePrice, ScheduleRow
from cptref.model.price_terms import FACILITY, NATIONAL, NONFACILITY
from cptref.model.rows import GpciRow, PfsRow
from cptref.model.syntax import CodeRef
from cptref.pricing.claim import codes_needed, price_claim
from cptref.pricing.fee import Fee, cents, fee, limiting_charge, nonparticipating
from cptref.pricing.status import refusal


def fee_schedule(context: Context, gpci: GpciRow, *, qualifying: bool) -> list[ScheduleRow]:
    """Every code and modifier of the release in both settings. DataNotLoadedError where none answers for the date."""
    release = context.needed("pfs", None, "qp" if qualifying else "")
    if context.is_partial(release):
        context.warn(f"{context.name(release)} is bundled for the codes of the catalog only.")
    if gpci is not NATIONAL:
        check_gpci(context, context.held_release(release))
    return [_schedule_row(row, gpci) for row in context.store.pfs_rows(release)]


def _schedule_row(row: PfsRow, gpci: GpciRow) -> ScheduleRow:
    nonfacility, facility = fee(row, NONFACILITY, gpci), fee(row, FACILITY, gpci)
    refused = refusal(nonfacility) if nonfacility.uncapped else refusal(facility)
    here, there = _amounts(nonfacility), _amounts(facility)
    return ScheduleRow(
        row.code,
        row.modifier,
        row.status,
        gpci.mac,
        gpci.locality,
        *here,
        row.nonfacility_na == "NA",
        *there,
        row.facility_na == "NA",
        opps_capped=here[0] is not None and (nonfacility.is_capped or facility.is_capped),
        reason=refused.reason if refused else "",
    )


def _amounts(found: Fee) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What a participating, a non-participating practitioner is allowed, and the most the latter may charge."""
    if refusal(found):
        return None, None, None
    amount = cents(found.amount)
    return amount, nonparticipating(amount), limiting_charge(amount)


def by_locality(context: Context, code: CodeRef, *, qualifying: bool) -> CodePrices:
    """What a code pays in every locality, the highest non-facility amount first."""
    schedule = Schedule(context, qualifying)
    _known(context, schedule, code)
    found = []
    for gpci in indices(context):
        lines = [ServiceLine(code.code, code.modifiers, 1, setting, gpci) for setting in (NONFACILITY, FACILITY)]
        here, there = (schedule.priced([line], context.as_of)[0] for line in lines)
        if here.amount is None and there.amount is None:
            raise NotFoundError(f"{code.code} has no amount: {here.reason}", "`cptref show` tells more of the code.")
        found.append(LocalityPrice(gpci.mac, gpci.locality, gpci.state, gpci.name, here.amount, there.amount))
    check_gpci(context, schedule.release)
    found.sort(key=lambda each: each.nonfacility_amount or each.facility_amount or Decimal(0), reverse=True)
    return CodePrices(code.code, code.modifiers, context.titles([code.code]).get(code.code, ""), tuple(found))


def history(context: Context, code: CodeRef) -> CodePrices:
    """What a code pays nationally by each release that is loaded, up to the date, the oldest first."""
    found = []
    for number, release in context.releases("pfs"):
        if release.effective > context.as_of:
            continue
        rows = {row.modifier: row for row in context.store.pfs(number, code.code)}
        by_code = {code.code: rows}
        for needed in codes_needed(by_code):
            by_code[needed] = {row.modifier: row for row in context.store.pfs(number, needed)}
        if not rows:
            continue
        lines = [ServiceLine(code.code, code.modifiers, 1, setting) for setting in (NONFACILITY, FACILITY)]
        here, there = (price_claim([line], by_code, release.effective)[0] for line in lines)
        found.append(ReleasePrice(release.name, release.effective, here.amount, there.amount))
    if not found:
        raise not_found(context, code.code)
    return CodePrices(code.code, code.modifiers, context.titles([code.code]).get(code.code, ""), tuple(found))


def _known(context: Context, schedule: Schedule, code: CodeRef) -> None:
    if not schedule.rows([code.code])[code.code]:
        raise not_found(context, code.code)
