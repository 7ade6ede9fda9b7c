"""Several surgeons: assistants (80, 81, 82, AS), co-surgeons (62) and teams (66), each by its indicator.

Sources: RVU document, Assistant at Surgery, Co-surgeons and Team Surgery; IOM 100-04 ch. 12 §20.4.3 (assistants 16 %),
§110.2 and §120 (AS: 85 % of that), §40.8 (co-surgeons 62.5 % each, teams by report).
"""

from decimal import Decimal

from cptref.model.price import ServiceLine
from cptref.model.price_terms import BY_REPORT, NOT_PAID
from cptref.model.rows import PfsRow
from cptref.pricing.status import Refusal
from cptref.pricing.working import Item, percent

_ASSISTANT = Decimal("0.16")
_NOT_A_PHYSICIAN = Decimal("0.85")
_CO_SURGEON = Decimal("0.625")
_ASSISTANTS = ("80", "81", "82", "AS")


def refusal(line: ServiceLine, row: PfsRow) -> Refusal | None:
    """Why a surgeon in this role is not paid, or not by the fee schedule."""
    modifiers = line.modifiers
    assistant = _assistant(modifiers)
    if assistant and row.asst_surg == "1":
        return Refusal(NOT_PAID, f"{assistant}, assistant 1: an assistant at surgery is never paid, by statute")
    if assistant and row.asst_surg not in ("0", "2"):
        return Refusal(NOT_PAID, f"{assistant}, assistant {row.asst_surg}: the concept does not apply")
    if "62" in modifiers and row.co_surg not in ("1", "2"):
        return Refusal(NOT_PAID, f"62, co-surgeons {row.co_surg}: {_not_for('two surgeons', row.co_surg)}")
    if "66" in modifiers and row.team_surg not in ("1", "2"):
        return Refusal(NOT_PAID, f"66, team {row.team_surg}: {_not_for('a team', row.team_surg)}")
    if "66" in modifiers:
        return Refusal(BY_REPORT, f"66, team {row.team_surg}: by report")
    if assistant and "62" in modifiers:
        return Refusal(NOT_PAID, f"62 and {assistant} exclude each other on a line")
    return None


def apply(item: Item) -> None:
    """Multiply by the share of an assistant or a co-surgeon, and say what it hangs on."""
    row, modifiers = item.fee.row, item.line.modifiers
    assistant = _assistant(modifiers)
    if assistant:
        item.scale(_ASSISTANT)
        item.add("assistant", f"{assistant}: {percent(_ASSISTANT)} (IOM 100-04 ch. 12 §20.4.3)")
        if assistant == "AS":
            item.scale(_NOT_A_PHYSICIAN)
            item.add("assistant", f"AS: {percent(_NOT_A_PHYSICIAN)} of an assistant's fee (IOM 100-04 ch. 12 §110.2)")
        if row.asst_surg == "0":
            item.warnings.append("assistant 0: paid only with documents that show the medical necessity")
    if "62" in modifiers:
        item.scale(_CO_SURGEON)
        item.add("co_surgeon", f"62: {percent(_CO_SURGEON)} for each of two surgeons (IOM 100-04 ch. 12 §40.8)")
        item.warnings.append(
            "co-surgeons 1: paid only with documents that show the need for two surgeons"
            if row.co_surg == "1"
            else "co-surgeons 2: paid if the two are of different specialties"
        )


def _assistant(modifiers: tuple[str, ...]) -> str:
    """The modifier of an assistant; AS before the others, as it is paid less."""
    found = [modifier for modifier in _ASSISTANTS if modifier in modifiers]
    return found[-1] if found else ""


def _not_for(whom: str, indicator: str) -> str:
    return f"{whom} are not paid" if indicator == "0" else "the concept does not apply"
