"""Whether a code takes a modifier: the rule of each modifier by its name in modifiers.toml."""

from collections.abc import Iterable

from cptref.model.modifier import Modifier, ModifierVerdict
from cptref.rules.code_kinds import is_anesthesia, is_drug, is_imaging, is_supply, is_surgery, is_visit, within
from cptref.rules.modifier_facts import ModifierFacts, Rule
from cptref.rules.modifiers_by_indicator import (
    assistant,
    bilateral,
    co_surgeon,
    component,
    distinct,
    multiple,
    side,
    split_care,
    team,
)
from cptref.rules.modifiers_by_kind import (
    anatomic,
    clinical_test,
    discontinued,
    facility_discontinued,
    increased,
    only_if,
    only_surgical,
    only_visits,
    reduced,
    repeat,
    repeat_test,
    therapy,
    whenever,
)

# Procedures outside surgery that may be done on an infant under 4 kg.
_CARDIAC = (
    ("92920", "92920"), ("92928", "92928"), ("92953", "92998"), ("93312", "93318"), ("93452", "93452"),
    ("93505", "93505"), ("93563", "93568"), ("93580", "93598"), ("93615", "93616"),
)  # fmt: skip


def verdicts(modifiers: Iterable[Modifier], facts: ModifierFacts) -> tuple[ModifierVerdict, ...]:
    """The verdict on each modifier, in the order given."""
    return tuple(ModifierVerdict(m.modifier, *RULES[m.rule](m.modifier, facts)) for m in modifiers)


RULES: dict[str, Rule] = {
    "bilateral": bilateral,
    "side": side,
    "professional": component,
    "technical": component,
    "multiple": multiple,
    "assistant": assistant,
    "co_surgeon": co_surgeon,
    "team": team,
    "distinct": distinct,
    "repeat": repeat,
    "repeat_test": repeat_test,
    "unrelated_visit": only_visits("if the visit in a global period has nothing to do with the surgery"),
    "same_day_visit": only_visits("if the visit was significant and separate from that day's procedure"),
    "decision_visit": only_visits("if surgery with global 090 was decided on, on its day or the day before"),
    "multiple_visits": only_visits("hospital outpatient claims: a further visit of the same day"),
    "staged": only_surgical("in another procedure's global period, if planned, staged or more extensive"),
    "return_to_room": only_surgical("in another procedure's global period, for a complication in the operating room"),
    "unrelated_procedure": only_surgical("in another procedure's global period, if unrelated to it"),
    "split_care": split_care,
    "reduced": reduced,
    "discontinued": discontinued,
    "facility_discontinued": facility_discontinued,
    "increased": increased,
    "small_infant": only_if(
        lambda code: within(code, ("20100", "69990"), *_CARDIAC),
        "on an infant under 4 kg, if the code does not say so itself",
        "only on surgery other than of the skin, and some heart procedures",
    ),
    "anatomic": anatomic,
    "anesthesia": only_if(is_anesthesia, "tells how the anesthesia was given", "only on anesthesia codes"),
    "surgeon_anesthesia": only_if(
        is_surgery, "if the surgeon gave the anesthesia as well; Medicare pays nothing for it", "only on surgery"
    ),
    "therapy": therapy,
    "policy": whenever("where a coverage policy or the therapy threshold asks for it"),
    "telehealth": whenever("only for services on Medicare's telehealth list, which no loaded release holds"),
    "preventive": whenever("if the service was preventive and the code does not say so"),
    "colorectal": only_if(
        lambda code: is_surgery(code) or is_anesthesia(code) or code == "G0500",
        "if a colorectal screening led to it",
        "only on the procedure that a colorectal screening led to, and its anesthesia",
    ),
    "clinical_test": clinical_test,
    "laboratory_travel": only_if(
        lambda code: code in ("P9603", "P9604"), "for the travel", "only on laboratory travel"
    ),
    "drug": only_if(is_drug, "on drugs and biologicals, where it applies", "only on drugs and biologicals"),
    "imaging": only_if(is_imaging, "tells on what kind of equipment the image was made", "only on imaging"),
    "mammography": only_if(
        lambda code: within(code, ("77065", "77067"), ("G0279", "G0279")),
        "if a screening and a diagnostic mammogram were both made",
        "only on mammography",
    ),
    "tumor_imaging": only_if(
        lambda code: within(code, ("78608", "78609"), ("78811", "78816")),
        "tells whether the scan starts or follows cancer treatment",
        "only on PET of tumors",
    ),
    "chiropractic": only_if(
        lambda code: within(code, ("98940", "98942")), "for active treatment", "only on chiropractic"
    ),
    "foot_care": only_if(
        lambda code: within(code, ("11055", "11057"), ("11719", "11721"), ("G0127", "G0127"), ("G0247", "G0247")),
        "tells the findings that make routine foot care payable",
        "only on routine foot care",
    ),
    "visit_circumstance": only_if(is_visit, "depends on the circumstances of the visit", "only on visits"),
    "quality_measure": only_if(
        lambda code: code[4] == "F", "why a quality measure was not met", "only on CPT category II"
    ),
    "mandated": whenever("if a third party demanded the service"),
    "informational": whenever("informational, where it applies: the code does not decide it"),
    "circumstance": whenever("depends on the circumstances, not on the code; may change payment"),
    "liability": whenever("tells who is liable if Medicare does not pay"),
    "equipment": only_if(is_supply, "on equipment and supplies, where it applies", "only on equipment and supplies"),
    "wound_dressing": only_if(
        lambda code: within(code, ("A6010", "A6550")), "the number of wounds dressed", "only on dressings"
    ),
}
