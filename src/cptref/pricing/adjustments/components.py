"""Which row of a code a line is priced from: its own with 26, TC or 53, else that of the whole service.

Sources: RVU document, record layout, Modifier; attachment A, PC/TC indicator.
"""

from cptref.model.price import Rows, ServiceLine
from cptref.model.price_terms import NO_DATA, NOT_PAID
from cptref.model.rows import PfsRow
from cptref.pricing.status import Refusal


def row_of(line: ServiceLine, rows: Rows) -> PfsRow | Refusal:
    """The row, or why there is none. A code that 53 has no row for is priced by report, which `by_report` says."""
    versions = rows.get(line.code)
    if not versions:
        return Refusal(NO_DATA, f"{line.code} is not in the fee schedule release")
    components = [modifier for modifier in line.modifiers if modifier in ("26", "TC")]
    if len(set(components)) > 1:
        return Refusal(NOT_PAID, "26 and TC exclude each other; the whole service has neither")
    if "53" in line.modifiers and "53" in versions and not components:
        return versions["53"]
    component = components[0] if components else ""
    row = versions.get(component)
    if row is not None:
        return row
    if component:
        pctc = next(iter(versions.values())).pctc
        return Refusal(NOT_PAID, f"PC/TC {pctc}: the code takes no {component}")
    return Refusal(NO_DATA, f"{line.code} has no row without a modifier")
