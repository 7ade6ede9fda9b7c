"""Modifiers: whether each exists, was in force, fits the code, and goes with the others on its line.

Sources: RVU document, attachment A (26, TC); NCCI Policy Manual ch. I, D and E (24, 25, 57 on visits only; 59 never on
a visit); the notes in the catalog's modifiers for the rest. Assistants, co-surgeons, teams and 50 have rules of their
own. The order of modifiers is the contractors' wish, and so for information only.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line
from cptref.checking.period import FIRST_DAY, CodeFacts
from cptref.checking.releases import name
from cptref.model.carc import MODIFIER_MISFIT, MODIFIER_NOT_VALID
from cptref.model.modifier import Modifier
from cptref.rules.modifier_facts import NO, ModifierFacts
from cptref.rules.modifiers import RULES

RULE = "modifier"
_NCCI = "NCCI Policy Manual ch. I, E"
# The verdict no of these is CMS's own "cannot be used"; that of others means that the modifier does nothing there.
_FORBIDDEN = {
    "professional": "RVU document, attachment A, PC/TC indicator",
    "technical": "RVU document, attachment A, PC/TC indicator",
    "same_day_visit": _NCCI,
    "decision_visit": "NCCI Policy Manual ch. I, D",
    "unrelated_visit": "NCCI Policy Manual ch. I, D",
}
_COMPONENTS = frozenset({"professional", "technical"})
_PAID = frozenset("ACRT")
_ELSEWHERE = frozenset({"bilateral", "assistant", "co_surgeon", "team"})
# Modifiers by which the fee is computed: contractors want them before those that inform.
_PRICING = frozenset(
    "26 TC 50 53 54 55 56 62 66 78 80 81 82 AS AA AD QK QX QY QZ CO CQ".split()
)  # fmt: skip
_INFORMING = frozenset("24 25 27 57 58 59 76 77 79 91 LT RT XE XP XS XU GA GC GN GO GP GT GW GY GZ KX Q5 Q6".split())
_ONE_SIDE = "Leave the side off."
_CONTRADICTING = (
    (frozenset({"26", "TC"}), "fail", "26 and TC are the two halves of one service", "Leave both off for the whole."),
    (frozenset({"LT", "RT"}), "warn", "LT and RT on one line", "Bill both sides as the bilateral indicator says."),
    (frozenset({"50", "LT"}), "warn", "50 says both sides, LT one", _ONE_SIDE),
    (frozenset({"50", "RT"}), "warn", "50 says both sides, RT one", _ONE_SIDE),
    (frozenset({"62", "80"}), "warn", "62 and 80 on one line", "A surgeon is co-surgeon or assistant for one code."),
)


def run(case: Case) -> None:
    """Look at every line that has modifiers."""
    for line in case.modified:
        for modifier in line.modifiers:
            memo = line.facts.memo
            if modifier not in memo:
                memo[modifier] = _judge(line.facts, modifier)
            found = memo[modifier]
            if found:
                outcome, message, fix, source, carc = found
                if outcome == "lack":
                    case.lack(RULE, message, (line,))
                else:
                    case.report(RULE, outcome, (line,), message, fix, source, carc=carc)
        if len(line.modifiers) > 1:
            _together(case, line)


def fits(facts: CodeFacts, modifier: Modifier) -> tuple[bool, str]:
    """Whether a code takes a modifier, and the reason; True where nothing tells that it does not."""
    row = facts.row
    if not row or not modifier.rule:
        return True, ""
    known = ModifierFacts(
        row=row,
        pctc=facts.pctc,
        has_53_row="53" in facts.rows,
        is_add_on=facts.add_on,
        mai=facts.mue.mai if facts.mue else "",
        bypassable=0,
        edits=0,
        edits_partial=True,  # what edits a modifier bypasses is seen on the claim
    )
    allowed, reason = RULES[modifier.rule](modifier.modifier, known)
    return allowed != NO, reason


def _judge(facts: CodeFacts, text: str) -> tuple[str, str, str, str, str] | None:
    """Outcome, message, fix, source and CARC; None for a modifier that is right."""
    period, known = facts.period, facts.period.book.modifiers.get(text)
    hcpcs, lack = period.choose(period.hcpcs, "hcpcs", text)
    row = hcpcs.rows.get(text) if hcpcs else None
    source = name(hcpcs.release) if hcpcs else "cptref's list of modifiers"
    first = FIRST_DAY.get(text) or (row.added if row else None)
    if first and period.day < first:
        message = f"Modifier {text} is not in force before {first}."
        return "fail", message, "Use a modifier that was valid on the date.", source, MODIFIER_NOT_VALID
    if row and row.ended and row.ended < period.day:
        message = f"Modifier {text} is deleted: its last day was {row.ended}."
        return "fail", message, "Use a modifier that was valid on the date.", source, MODIFIER_NOT_VALID
    if known is None and row is None:
        if lack and not text.isdigit():
            return "lack", f"modifier {text} is not in the catalog, and {lack}", "", "", ""
        return "fail", f"There is no modifier {text}.", "Correct the modifier.", source, MODIFIER_NOT_VALID
    return _judge_fit(facts, known) if known and known.rule not in _ELSEWHERE else None


def _judge_fit(facts: CodeFacts, modifier: Modifier) -> tuple[str, str, str, str, str] | None:
    right, reason = fits(facts, modifier)
    if right:
        return None
    message = f"{facts.code} does not take {modifier.modifier}: {reason}."
    where = facts.pfs_source
    # A visit that the fee schedule does not pay (a clinic's, say) may be no visit to us.
    if modifier.rule in _COMPONENTS or (modifier.rule in _FORBIDDEN and facts.row and facts.row.status in _PAID):
        return "fail", message, f"Leave {modifier.modifier} off, or put it on the line it belongs to.", (
            f"{where}; {_FORBIDDEN[modifier.rule]}"), MODIFIER_MISFIT  # fmt: skip
    return "warn", message, f"Leave {modifier.modifier} off.", f"{where}; cptref modifiers {facts.code}", ""


def _together(case: Case, line: Line) -> None:
    modifiers = line.modifiers
    given = frozenset(modifiers)
    if len(given) < len(modifiers):
        twice = next(m for m in modifiers if modifiers.count(m) > 1)
        case.report(RULE, "warn", (line,), f"Modifier {twice} is on the line more than once.", "Give it once.", _NCCI)
    for pair, outcome, message, fix in _CONTRADICTING:
        if pair <= given:
            case.report(RULE, outcome, (line,), f"{message}: they do not go together.", fix,
                        "RVU document, attachment A" if "TC" in pair else _NCCI)  # fmt: skip
    informing = ""
    for modifier in modifiers:
        if modifier in _INFORMING:
            informing = informing or modifier
        elif informing and modifier in _PRICING:
            case.report(RULE, "info", (line,), f"{modifier} sets the price and stands behind {informing}.",
                        f"Contractors want {modifier} first.", "Claims instructions of the contractors")  # fmt: skip
            break
