"""What the contractor prices by report: 22, 52, and 53 where the code has no row for it.

Sources: IOM 100-04 ch. 12 §20.4.6 (22 and 52); RVU document, record layout, Modifier (53: only 44388, 45378, G0105
and G0121 have RVUs of their own).
"""

from cptref.model.price import ServiceLine
from cptref.model.price_terms import BY_REPORT
from cptref.model.rows import PfsRow
from cptref.pricing.status import Refusal


def refusal(line: ServiceLine, row: PfsRow) -> Refusal | None:
    """Why the fee, though there is one, is not what will be paid."""
    if "53" in line.modifiers and row.modifier != "53":
        return Refusal(BY_REPORT, "53: discontinued; the contractor prices it by report")
    if "52" in line.modifiers:
        return Refusal(BY_REPORT, "52: reduced services; the contractor prices them by report")
    if "22" in line.modifiers:
        return Refusal(BY_REPORT, "22: the contractor prices the additional work by report")
    return None
