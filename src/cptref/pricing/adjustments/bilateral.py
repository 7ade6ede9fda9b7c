"""Both sides of the body, by the bilateral indicator (RVU document, record layout, Bilateral Surgery).

Two sides are a line with 50, a line with RT and one with LT, or the code twice on the day in any other way. They are
one procedure: what comes after, such as the ranking of multiple procedures, looks at the amount for both.
"""

from collections.abc import Iterable
from decimal import Decimal

from cptref.model.price_terms import NOT_PAID
from cptref.pricing.status import Refusal
from cptref.pricing.steps import plain
from cptref.pricing.working import HALF, WHOLE, Item, Portion, Procedure, note

_SOURCE = "RVU document, Bilateral Surgery"
_NONE = Decimal(0)
# What the first and the second side pay of the fee.
_SIDES = {"0": (WHOLE, _NONE), "1": (WHOLE, HALF), "2": (WHOLE, _NONE), "3": (WHOLE, WHOLE)}
_WORDS = {
    "0": "100 % for both sides, no 150 %",
    "1": "150 % for both sides",
    "2": "100 % for both sides, which the RVUs cover already",
    "3": "100 % for each side",
}
# The multiple procedure indicators that look at each unit; 5 counts the units of a line.
_RANKED = frozenset("123467")
# A code with one of these that stands twice is not there for the other side.
_ELSEWHERE = frozenset(
    "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LC LD RC LM RI"
    " 59 XE XS XP XU 76 77 91".split()
)  # fmt: skip


def sides_of(indicator: str) -> tuple[Decimal, Decimal]:
    """What the first and the second side pay of the fee; 100 % in all where the indicator knows no sides."""
    return _SIDES.get(indicator, (WHOLE, _NONE))


def procedures(items: Iterable[Item]) -> list[Procedure]:
    """The procedures of the lines: both sides as one, else the units of a line together."""
    found: list[Procedure] = []
    single: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        fee, line = item.fee, item.line
        if "50" in line.modifiers or {"RT", "LT"} <= set(line.modifiers) or _two_units(item):
            found.extend(_one_line(item))
        elif line.units == 1 and fee.row.bilat_surg in _SIDES and not _ELSEWHERE.intersection(line.modifiers):
            rest = frozenset(line.modifiers) - {"RT", "LT", "51"}
            single.setdefault((fee.row, line.setting, line.gpci, rest), []).append(item)
        else:
            found.extend(_plain(item))
    for alike in single.values():
        found.extend(_pairs(alike))
    return found


def _two_units(item: Item) -> bool:
    """Whether two units are two sides. Indicator 0 says so of 50, RT and LT only."""
    line = item.line
    return (
        line.units == 2
        and item.fee.row.bilat_surg in ("1", "2", "3")
        and not {"RT", "LT"}.intersection(line.modifiers)
        and not _ELSEWHERE.intersection(line.modifiers)
    )


def _plain(item: Item) -> list[Procedure]:
    """The units of a line: each by itself where they are ranked."""
    fee, units = item.fee, item.line.units
    apart = units if fee.row.mult_proc in _RANKED else 1
    weight = Decimal(units // apart)
    item.portions.extend(Portion(item, weight, fee.amount * weight) for _ in range(apart))
    if units > 1:
        item.add("units", f"{units} units x {plain(fee.amount)}")
    return [Procedure(fee, [portion]) for portion in item.portions]


def _one_line(item: Item) -> list[Procedure]:
    """Both sides on one line: with 50, or two units."""
    fee, line = item.fee, item.line
    indicator = fee.row.bilat_surg
    if line.units > 2:
        item.refusal = Refusal(NOT_PAID, f"both sides with {line.units} units: they are one line, 50 and one unit")
        return []
    if "50" in line.modifiers and line.units == 2:
        item.warnings.append("50 is billed with one unit; priced as both sides, once")
    if indicator not in _SIDES:
        item.warnings.append(f"bilateral {indicator}: the code has no sides; 50 adds nothing")
    weight = sum(sides_of(indicator), _NONE)
    portion = Portion(item, weight, fee.amount * weight)
    item.portions.append(portion)
    words = _WORDS.get(indicator, "100 %, 50 does not apply")
    note("bilateral", _SOURCE, [(item, f"bilateral {indicator}: {words}, {plain(weight)} x {plain(fee.amount)}")])
    return [Procedure(fee, [portion], both_sides=True)]


def _pairs(alike: list[Item]) -> Iterable[Procedure]:
    """Match RT with LT; the code twice without a side is two sides too."""
    by_charge = sorted(alike, key=lambda item: (-(item.line.charge or _NONE), item.index))
    right = [item for item in by_charge if "RT" in item.line.modifiers]
    left = [item for item in by_charge if "LT" in item.line.modifiers]
    bare = [item for item in by_charge if not {"RT", "LT"}.intersection(item.line.modifiers)]
    matched = list(zip(right, left, strict=False))
    # Indicator 0 knows two sides by 50, RT and LT only.
    if len(bare) == 2 and bare[0].fee.row.bilat_surg != "0":
        matched.append((bare[0], bare[1]))
    paired = {id(item) for pair in matched for item in pair}
    for item in alike:
        if id(item) not in paired:
            yield from _plain(item)
    for pair in matched:
        yield _two_lines(*sorted(pair, key=lambda item: item.index))


def _two_lines(first: Item, second: Item) -> Procedure:
    fee = first.fee
    indicator = fee.row.bilat_surg
    portions = [
        Portion(item, weight, fee.amount * weight)
        for item, weight in zip((first, second), sides_of(indicator), strict=True)
    ]
    for portion, other in zip(portions, (second, first), strict=True):
        portion.item.portions.append(portion)
        where = f"with line {other.index + 1}"
        words = (
            f"bilateral {indicator} {where}: {_WORDS[indicator]}, here {plain(portion.weight)} x {plain(fee.amount)}"
        )
        note("bilateral", _SOURCE, [(portion.item, words)])
    if indicator != "3":  # there each side has the lower of its own charge and fee
        first.charge_group = second.charge_group = [first, second]
    return Procedure(fee, portions, both_sides=True)
