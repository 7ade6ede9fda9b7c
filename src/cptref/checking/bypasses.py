"""Which modifiers may bypass a PTP edit of indicator 1, and when each is right.

Source: NCCI Policy Manual ch. I, D (24, 25, 57), E (all), N (91) and C (58, 78); XE, XP, XS and XU before 59.
"""

from __future__ import annotations

from cptref.checking.period import CodeFacts
from cptref.checking.sites import ANATOMIC, CORONARY
from cptref.model.claim import Bypass
from cptref.rules.code_kinds import is_imaging, is_laboratory, is_surgery, within
from cptref.rules.modifier_facts import SURGICAL

_E = "NCCI Policy Manual ch. I, E"
_D = "NCCI Policy Manual ch. I, D"
_VISIT_MINOR = Bypass(
    ("25",),
    "on the visit: significant, separate work beyond the procedure's own; deciding on a minor procedure is part of it",
    f"{_D} and E (b)",
)
_VISIT_MAJOR = Bypass(("57",), "on the visit: surgery with global 090 was decided on, that day or the day before", _D)
_VISIT_AFTER = Bypass(
    ("24",), "on the visit: it has nothing to do with an earlier surgery in whose postoperative period it falls", _D
)
_VISITS = Bypass(("27",), "on outpatient hospital claims: visits apart from each other on one day", _E)
_STRUCTURE = Bypass(
    ("XS", "59"),
    "different organs, anatomic regions, or separate lesions; not adjoining structures of one organ",
    f"{_E} (d, e)",
)
_ENCOUNTER = Bypass(("XE", "59"), "separate patient encounters on the day", f"{_E} (d, e)")
_PRACTITIONER = Bypass(("XP",), "different practitioners gave the services", f"{_E} (e)")
_UNUSUAL = Bypass(
    ("XU", "59"),
    "the service does not overlap the usual parts of the other, as a diagnostic procedure that led to the treatment",
    f"{_E} (d 1 to 3, e)",
)
_SIDES = Bypass(("LT", "RT"), "the procedures were on opposite sides", _E)
_LIDS_AND_DIGITS = tuple(sorted(ANATOMIC - {"LT", "RT", *CORONARY}))
_DIGITS = Bypass(_LIDS_AND_DIGITS, "the procedures were on different eyelids, fingers or toes", _E)
_ARTERIES = Bypass(CORONARY, "the procedures were on different coronary arteries", _E)
_STAGED = Bypass(
    ("58",),
    "planned in stages, more extensive, or following a diagnostic procedure that led to it",
    f"{_E} (c); ch. I, C 13",
)
_RETURN = Bypass(
    ("78",), "an unplanned return to the operating room for a complication", "NCCI Policy Manual ch. I, C 14"
)
_UNRELATED = Bypass(("79",), "a procedure in a postoperative period that has nothing to do with the first", _E)
_TEST = Bypass(
    ("91",), "a test of a panel was run again that day because treatment needed it", "NCCI Policy Manual ch. I, N"
)


def bypasses(one: CodeFacts, two: CodeFacts) -> tuple[Bypass, ...]:
    """The modifiers for an edit between two codes; the caller sees to it that its indicator is 1."""
    key = ("bypasses", two.code)
    if key not in one.memo:
        one.memo[key] = tuple(_of_visits(one, two) if one.is_visit or two.is_visit else _of_services(one, two))
    found: tuple[Bypass, ...] = one.memo[key]
    return found


def _of_visits(one: CodeFacts, two: CodeFacts) -> list[Bypass]:
    if one.is_visit and two.is_visit:
        hospital = one.period.setting == "hospital"
        return [_VISITS, _VISIT_MINOR, _VISIT_AFTER] if hospital else [_VISIT_MINOR, _VISIT_AFTER]
    procedure = two if one.is_visit else one
    first = _VISIT_MAJOR if procedure.global_days == "090" else _VISIT_MINOR
    return [first, _VISIT_AFTER]


def _of_services(one: CodeFacts, two: CodeFacts) -> list[Bypass]:
    codes = (one.code, two.code)
    found = [_STRUCTURE, _ENCOUNTER, _PRACTITIONER, _UNUSUAL]
    if any(facts.row and facts.row.bilat_surg in ("1", "3") for facts in (one, two)):
        found.append(_SIDES)
    if all(is_surgery(code) or is_imaging(code) for code in codes):
        found.append(_DIGITS)
    if any(within(code, ("92920", "92945"), ("92972", "92974"), ("C9600", "C9608")) for code in codes):
        found.append(_ARTERIES)
    if any(facts.global_days in SURGICAL for facts in (one, two)):
        found += [_STAGED, _RETURN, _UNRELATED]
    if all(is_laboratory(code) for code in codes):
        found.append(_TEST)
    return found
