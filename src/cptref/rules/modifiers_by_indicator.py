"""Modifiers that a payment indicator, the PTP edits or the MUE of a code decide.

Sources: RVU document, record layout and attachment A (50, 26, TC, 51, 54 to 56, 62, 66, 80 to 82, AS); NCCI Policy
Manual ch. I, E and V (59, X{EPSU}).
"""

from decimal import Decimal

from cptref.rules.code_kinds import is_imaging, is_laboratory, is_supply, is_therapy, is_transport, is_visit
from cptref.rules.modifier_facts import CONDITIONAL, NO, YES, ModifierFacts, Verdict


def bilateral(_: str, facts: ModifierFacts) -> Verdict:
    """50, by the bilateral indicator."""
    return {
        "0": (NO, "bilateral 0: one fee covers both sides, 50 does not raise payment"),
        "1": (YES, "bilateral 1: both sides pay 150 %; one line, one unit"),
        "2": (NO, "bilateral 2: priced bilateral already, 50 does not raise payment"),
        "3": (YES, "bilateral 3: each side pays 100 %"),
    }.get(facts.row.bilat_surg, (NO, "bilateral 9: the concept does not apply"))


def side(_: str, facts: ModifierFacts) -> Verdict:
    """LT and RT, by the bilateral indicator."""
    code = facts.row.code
    if is_visit(code) or is_laboratory(code) or is_transport(code):
        return NO, "the service has no side"
    if facts.row.bilat_surg == "9" and not is_supply(code) and not is_imaging(code):
        return NO, "bilateral 9: the service has no side"
    return {
        "1": (YES, "for one side; both sides are one line with 50"),
        "2": (CONDITIONAL, "only to tell which side; the fee covers both"),
        "3": (YES, "for one side; each side pays 100 %"),
    }.get(facts.row.bilat_surg, (CONDITIONAL, "only where the body part is paired; does not change payment"))


def component(modifier: str, facts: ModifierFacts) -> Verdict:
    """26 and TC, by the PC/TC indicator."""
    indicator = facts.pctc
    if indicator == "1":
        part = "professional" if modifier == "26" else "technical"
        return YES, f"PC/TC 1: the {part} component is paid by itself"
    if indicator == "6" and modifier == "26":
        return YES, "PC/TC 6: the physician's interpretation of a laboratory test"
    if indicator == "8" and modifier == "26":
        return CONDITIONAL, "PC/TC 8: the code is an interpretation already"
    why = {
        "0": "a physician service, not split",
        "2": "the code is the professional component",
        "3": "the code is the technical component",
        "4": "the code is the whole test; its parts have codes of their own",
        "5": "incident to a physician's service, not split",
        "6": "the test itself is paid by the laboratory fee schedule",
        "7": "a therapy service, not split",
        "8": "the code is an interpretation; no technical component",
        "9": "the concept does not apply",
    }
    return NO, f"PC/TC {indicator}: {why.get(indicator, 'not split')}"


def multiple(_: str, facts: ModifierFacts) -> Verdict:
    """51, by the multiple procedure indicator."""
    indicator = facts.row.mult_proc
    if facts.is_add_on:
        return NO, "an add-on code: never reduced as a multiple procedure"
    if indicator in ("1", "2", "3"):
        rules = "endoscopy rules; " if indicator == "3" else ""
        return (
            CONDITIONAL,
            f"multiple procedure {indicator}: {rules}second and later procedures; Medicare reduces without it",
        )
    if indicator in ("4", "5", "6", "7"):
        return NO, f"multiple procedure {indicator}: Medicare reduces by itself, without 51"
    return NO, f"multiple procedure {indicator}: no reduction applies"


def assistant(_: str, facts: ModifierFacts) -> Verdict:
    """80, 81, 82 and AS, by the assistant indicator."""
    code, indicator = facts.row.code, facts.row.asst_surg
    if indicator == "0" and (
        is_visit(code) or is_imaging(code) or is_laboratory(code) or is_therapy(code) or facts.pctc in "234578"
    ):
        return NO, "not an operation"
    return {
        "0": (CONDITIONAL, "assistant 0: only with documents that show the need"),
        "1": (NO, "assistant 1: an assistant is never paid, by statute"),
        "2": (YES, "assistant 2: an assistant is paid"),
    }.get(indicator, (NO, "assistant 9: the concept does not apply"))


def co_surgeon(_: str, facts: ModifierFacts) -> Verdict:
    """62, by the co-surgeon indicator."""
    return {
        "0": (NO, "co-surgeons 0: two surgeons are not paid"),
        "1": (CONDITIONAL, "co-surgeons 1: with documents that show the need for two surgeons"),
        "2": (YES, "co-surgeons 2: if the two are of different specialties"),
    }.get(facts.row.co_surg, (NO, "co-surgeons 9: the concept does not apply"))


def team(_: str, facts: ModifierFacts) -> Verdict:
    """66, by the team surgery indicator."""
    return {
        "0": (NO, "team 0: a team is not paid"),
        "1": (CONDITIONAL, "team 1: with documents that show the need; paid by report"),
        "2": (YES, "team 2: paid by report"),
    }.get(facts.row.team_surg, (NO, "team 9: the concept does not apply"))


def distinct(modifier: str, facts: ModifierFacts) -> Verdict:
    """59 and X{EPSU}, by the edits that they may bypass."""
    if is_visit(facts.row.code):
        return NO, "not on a visit: 24, 25 or 57 say that a visit is separate"
    if facts.row.code == "77427" and modifier == "59":
        return NO, "not on radiation treatment management (NCCI Policy Manual ch. I, E)"
    if facts.bypassable:
        some = " of the bundled" if facts.edits_partial else ""
        return (
            CONDITIONAL,
            f"may bypass {facts.bypassable:,} of {facts.edits:,}{some} edits, if the services were distinct",
        )
    if facts.edits_partial:
        return CONDITIONAL, "if the services were distinct; not all edits of this code are loaded"
    if facts.mai == "1":
        return CONDITIONAL, "no edit to bypass; may mark distinct services on lines of their own under the MUE"
    return NO, "the code has no edit that a modifier may bypass"


def split_care(modifier: str, facts: ModifierFacts) -> Verdict:
    """54, 55 and 56, by the global period and its shares."""
    row = facts.row
    if row.global_days not in ("010", "090"):
        return NO, f"only where the global period is 010 or 090; this one is {row.global_days}"
    if modifier == "56":
        return NO, "Medicare pays the care before surgery with 54"
    if not any(Decimal(share) for share in (row.preoperative, row.intraoperative, row.postoperative)):
        return NO, "no shares are published for this code"
    if modifier == "54":
        return (
            CONDITIONAL,
            f"for surgery without aftercare: {_percent(row.preoperative, row.intraoperative)} of the fee",
        )
    return CONDITIONAL, f"for aftercare alone: up to {_percent(row.postoperative)} of the fee, by days"


def _percent(*shares: str) -> str:
    """Shares such as `0.10` added up as a percentage."""
    return f"{sum(Decimal(share) for share in shares) * 100:.0f} %"
