"""The steps of a fee in words, with the arithmetic (RVU document, payment formula)."""

from decimal import Decimal

from cptref.model.price import Step
from cptref.model.price_terms import FACILITY
from cptref.pricing.fee import Fee


def fee_steps(found: Fee) -> list[Step]:
    """The steps that lead to the fee of one unit."""
    row, gpci, factor = found.row, found.gpci, found.factor
    facility = found.setting == FACILITY
    pe_rvu = row.facility_pe if facility else row.nonfacility_pe
    work, pe, mp, total = map(plain, (found.work, found.pe, found.mp, found.work + found.pe + found.mp))
    done = [
        Step("work", f"work {row.work} x {gpci.work} = {work}"),
        Step("practice_expense", f"{'' if facility else 'non-'}facility PE {pe_rvu} x {gpci.pe} = {pe}"),
        Step("malpractice", f"MP {row.mp} x {gpci.mp} = {mp}"),
        Step("sum", f"{work} + {pe} + {mp} = {total}"),
        Step("conversion_factor", f"{total} x {factor} = {plain(found.uncapped)}", found.uncapped),
    ]
    if found.cap is not None:
        opps_pe = row.opps_facility_pe if facility else row.opps_nonfacility_pe
        lower = "the lower" if found.is_capped else "no lower"
        done.append(
            Step(
                "opps_cap",
                f"OPPS imaging cap: ({work} + PE {opps_pe} x {gpci.pe} + MP {row.opps_mp} x {gpci.mp}) x {factor}"
                f" = {plain(found.cap)}, {lower} (Deficit Reduction Act 5102(b))",
                found.amount,
            )
        )
    return done


def plain(amount: Decimal) -> str:
    """An amount as text, exact, without the zeros at its end."""
    return f"{amount.normalize():f}"
