"""Whether a code takes a modifier, from its payment indicators.

Sources: RVU document, record layout and attachment A (50, 26, TC, 51, 54, 55, 62, 66, 80 to 82, AS); NCCI Policy
Manual ch. I, E (59, X{EPSU}, anatomic modifiers, 24, 25, 57, 58, 78, 79). The other modifiers tell circumstances, which
no indicator of the code decides: they are conditional, with the condition.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cptref.model.modifier import Modifier, ModifierVerdict
from cptref.model.rows import PfsRow
from cptref.rules.code_kinds import is_anesthesia, is_imaging, is_laboratory, is_surgery, is_visit


class ModifierFacts(NamedTuple):
    """What the rules look at. `row` is the code's fee schedule row without modifier; the counts are of PTP edits."""

    row: PfsRow
    has_53_row: bool
    is_add_on: bool
    bypassable: int
    edits: int
    edits_partial: bool


YES, NO, CONDITIONAL = "yes", "no", "conditional"
Verdict = tuple[str, str]
Rule = Callable[[str, ModifierFacts], Verdict]

_SURGICAL = {"000", "010", "090", "YYY", "ZZZ", "MMM"}


def verdicts(modifiers: Iterable[Modifier], facts: ModifierFacts) -> tuple[ModifierVerdict, ...]:
    """The verdict on each modifier, in the order given."""
    return tuple(ModifierVerdict(m.modifier, *RULES[m.rule](m.modifier, facts)) for m in modifiers)


def _bilateral(_: str, facts: ModifierFacts) -> Verdict:
    return {
        "0": (NO, "bilateral 0: one fee covers both sides, 50 does not raise payment"),
        "1": (YES, "bilateral 1: both sides pay 150 %; one line, one unit"),
        "2": (NO, "bilateral 2: priced bilateral already, 50 does not raise payment"),
        "3": (YES, "bilateral 3: each side pays 100 %"),
    }.get(facts.row.bilat_surg, (NO, "bilateral 9: the concept does not apply"))


def _side(_: str, facts: ModifierFacts) -> Verdict:
    if is_visit(facts.row.code):
        return NO, "a visit has no side"
    return {
        "1": (YES, "for one side; both sides are one line with 50"),
        "2": (CONDITIONAL, "only to tell which side; the fee covers both"),
        "3": (YES, "for one side; each side pays 100 %"),
    }.get(facts.row.bilat_surg, (CONDITIONAL, "only where the body part is paired; does not change payment"))


def _component(modifier: str, facts: ModifierFacts) -> Verdict:
    indicator = facts.row.pctc
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


def _multiple(_: str, facts: ModifierFacts) -> Verdict:
    indicator = facts.row.mult_proc
    if facts.is_add_on:
        return NO, "an add-on code: never reduced as a multiple procedure"
    if indicator in ("1", "2"):
        return (
            YES,
            f"multiple procedure {indicator}: on the lower-paid procedures of the day; Medicare ranks by fee",
        )
    if indicator == "3":
        return YES, "multiple procedure 3: endoscopy rules; on the lower-paid procedures of the day"
    if indicator in ("4", "5", "6", "7"):
        return NO, f"multiple procedure {indicator}: Medicare reduces by itself, without 51"
    return NO, f"multiple procedure {indicator}: no reduction applies"


def _assistant(_: str, facts: ModifierFacts) -> Verdict:
    return {
        "0": (CONDITIONAL, "assistant 0: only with documents that show the need"),
        "1": (NO, "assistant 1: an assistant is never paid, by statute"),
        "2": (YES, "assistant 2: an assistant is paid"),
    }.get(facts.row.asst_surg, (NO, "assistant 9: the concept does not apply"))


def _co_surgeon(_: str, facts: ModifierFacts) -> Verdict:
    return {
        "0": (NO, "co-surgeons 0: two surgeons are not paid"),
        "1": (CONDITIONAL, "co-surgeons 1: with documents that show the need for two surgeons"),
        "2": (YES, "co-surgeons 2: if the two are of different specialties"),
    }.get(facts.row.co_surg, (NO, "co-surgeons 9: the concept does not apply"))


def _team(_: str, facts: ModifierFacts) -> Verdict:
    return {
        "0": (NO, "team 0: a team is not paid"),
        "1": (CONDITIONAL, "team 1: with documents that show the need; paid by report"),
        "2": (YES, "team 2: paid by report"),
    }.get(facts.row.team_surg, (NO, "team 9: the concept does not apply"))


def _distinct(_: str, facts: ModifierFacts) -> Verdict:
    if is_visit(facts.row.code):
        return NO, "not on a visit: 24, 25 or 57 say that a visit is separate"
    if facts.bypassable:
        some = " of the bundled" if facts.edits_partial else ""
        return (
            CONDITIONAL,
            f"may bypass {facts.bypassable:,} of {facts.edits:,}{some} edits, if the services were distinct",
        )
    if facts.edits_partial:
        return CONDITIONAL, "if the services were distinct; not all edits of this code are loaded"
    return NO, "the code has no edit that a modifier may bypass"


def _only_visits(when: str) -> Rule:
    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return (CONDITIONAL, when) if is_visit(facts.row.code) else (NO, "only on visits (evaluation and management)")

    return rule


def _only_surgical(when: str) -> Rule:
    def rule(_: str, facts: ModifierFacts) -> Verdict:
        days = facts.row.global_days
        if is_visit(facts.row.code) or days not in _SURGICAL:
            return NO, f"only on procedures with a global period; this one is {days}"
        return CONDITIONAL, when

    return rule


def _split_care(modifier: str, facts: ModifierFacts) -> Verdict:
    row = facts.row
    if row.global_days not in ("010", "090"):
        return NO, f"only where the global period is 010 or 090; this one is {row.global_days}"
    if modifier == "56":
        return NO, "Medicare pays the care before surgery with 54"
    if modifier == "54":
        return (
            CONDITIONAL,
            f"for surgery without aftercare: {_percent(row.preoperative, row.intraoperative)} of the fee",
        )
    return CONDITIONAL, f"for aftercare alone: up to {_percent(row.postoperative)} of the fee, by days"


def _percent(*shares: str) -> str:
    """Shares such as `0.10` added up as a percentage; integer arithmetic on their hundredths."""
    return f"{sum(int(share.replace('.', '')) for share in shares)} %"


def _reduced(_: str, facts: ModifierFacts) -> Verdict:
    if is_visit(facts.row.code):
        return NO, "not on a visit: a lower level is the code"
    return CONDITIONAL, "if less was done than the code says, by choice; with a report"


def _discontinued(_: str, facts: ModifierFacts) -> Verdict:
    if is_visit(facts.row.code):
        return NO, "not on a visit"
    if facts.has_53_row:
        return (
            YES,
            "if stopped for the patient's safety; Medicare prices this code with 53 by RVUs of its own",
        )
    return CONDITIONAL, "if stopped for the patient's safety after it began; priced by report"


def _repeat(_: str, facts: ModifierFacts) -> Verdict:
    if is_visit(facts.row.code):
        return NO, "not on a visit"
    if is_laboratory(facts.row.code):
        return NO, "a repeated laboratory test takes 91"
    return CONDITIONAL, "if the same procedure was done again that day (76 same, 77 other physician)"


def _repeat_test(_: str, facts: ModifierFacts) -> Verdict:
    if is_laboratory(facts.row.code):
        return CONDITIONAL, "if the test was repeated that day for another result, not to confirm one"
    return NO, "only on laboratory tests"


def _increased(_: str, facts: ModifierFacts) -> Verdict:
    if facts.row.global_days in ("000", "010", "090", "MMM"):
        return CONDITIONAL, "if the work was far beyond the usual; with the operative report"
    return NO, f"only on procedures with global 000, 010, 090 or MMM; this one is {facts.row.global_days}"


def _if(applies: Callable[[str], bool], when: str, otherwise: str) -> Rule:
    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return (CONDITIONAL, when) if applies(facts.row.code) else (NO, otherwise)

    return rule


def _therapy(modifier: str, facts: ModifierFacts) -> Verdict:
    if facts.row.mult_proc == "5" and modifier in ("GN", "GO", "GP"):
        return YES, "a therapy service: one of GN, GO, GP tells the plan of care"
    return CONDITIONAL, "under a therapy plan of care, or where a coverage policy asks for it"


def _whenever(when: str) -> Rule:
    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return CONDITIONAL, when

    return rule


def _is_level_two(code: str) -> bool:
    return code[0].isalpha()


RULES: dict[str, Rule] = {
    "bilateral": _bilateral,
    "side": _side,
    "professional": _component,
    "technical": _component,
    "multiple": _multiple,
    "assistant": _assistant,
    "co_surgeon": _co_surgeon,
    "team": _team,
    "distinct": _distinct,
    "repeat": _repeat,
    "repeat_test": _repeat_test,
    "unrelated_visit": _only_visits("if the visit in a global period has nothing to do with the surgery"),
    "same_day_visit": _only_visits("if the visit was significant and separate from that day's procedure"),
    "decision_visit": _only_visits("if surgery with global 090 was decided on, on its day or the day before"),
    "multiple_visits": _only_visits("hospital outpatient claims: a further visit of the same day"),
    "staged": _only_surgical("in another procedure's global period, if planned, staged or more extensive"),
    "return_to_room": _only_surgical("in another procedure's global period, for a complication in the operating room"),
    "unrelated_procedure": _only_surgical("in another procedure's global period, if unrelated to it"),
    "split_care": _split_care,
    "reduced": _reduced,
    "discontinued": _discontinued,
    "facility_discontinued": _if(
        lambda code: not is_visit(code),
        "hospital outpatient and ASC claims only, never the physician's",
        "not on a visit",
    ),
    "increased": _increased,
    "small_infant": _if(is_surgery, "on an infant under 4 kg, if the code does not say so itself", "only on surgery"),
    "anatomic": _if(
        lambda code: not is_visit(code),
        "only if done on that eyelid, digit or coronary artery",
        "a visit has no site",
    ),
    "anesthesia": _if(is_anesthesia, "tells how the anesthesia was given", "only on anesthesia codes"),
    "therapy": _therapy,
    "telehealth": _whenever("only for services on Medicare's telehealth list, which no loaded release holds"),
    "preventive": _whenever("if the service was preventive, or began as a screening"),
    "laboratory": _if(is_laboratory, "tells who ran the test, or how", "only on laboratory tests"),
    "drug": _if(_is_level_two, "on drugs and biologicals, where it applies", "only on HCPCS drug codes"),
    "imaging": _if(is_imaging, "tells how the image was made", "only on imaging"),
    "mandated": _whenever("if a third party demanded the service"),
    "informational": _whenever("informational, where it applies: the code does not decide it"),
    "liability": _whenever("tells who is liable if Medicare does not pay"),
    "equipment": _if(_is_level_two, "on equipment and supplies, where it applies", "only on HCPCS equipment codes"),
    "wound_dressing": _if(_is_level_two, "on dressings: the number of wounds", "only on HCPCS dressing codes"),
}
