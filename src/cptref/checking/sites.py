"""The places on the body that anatomic modifiers name, and whether two lines name the same one.

Source: NCCI Policy Manual ch. I, E: edits of paired organs are not bypassed on the same side.
"""

from collections.abc import Iterable

CORONARY = ("LC", "LD", "LM", "RC", "RI")
# Upper and lower left, then right lids; thumb and fingers of the left, then the right hand; toes likewise.
_SIDES = {
    "LT": "LT E1 E2 FA F1 F2 F3 F4 TA T1 T2 T3 T4".split(),
    "RT": "RT E3 E4 F5 F6 F7 F8 F9 T5 T6 T7 T8 T9".split(),
}
_SIDE_OF = {modifier: side for side, modifiers in _SIDES.items() for modifier in modifiers}
ANATOMIC = frozenset(_SIDE_OF) | frozenset(CORONARY)


def sites(modifiers: Iterable[str]) -> frozenset[str]:
    """The sites that a line's modifiers name; 50 names both sides."""
    named = frozenset(modifiers) & ANATOMIC
    return named | {"LT", "RT"} if "50" in modifiers else named


def overlap(one: frozenset[str], other: frozenset[str]) -> str:
    """The site that both name, or empty: a side takes in the digits and lids on it."""
    for a in sorted(one):
        for b in sorted(other):
            if a == b or (_SIDE_OF.get(a) == b) or (_SIDE_OF.get(b) == a):
                return a
    return ""
