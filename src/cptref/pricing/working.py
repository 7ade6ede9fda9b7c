"""The records that the adjustments work on, from the first step of a claim to the last.

They are made and dropped within one call of `price_claim`; nothing of them is seen outside.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cptref.model.price import ServiceLine, Step
from cptref.pricing.fee import Fee
from cptref.pricing.status import Refusal
from cptref.pricing.steps import plain

WHOLE = Decimal(1)
HALF = Decimal("0.5")


class Item:
    """A line under way: what its parts come to, the steps so far, and why it has no amount if it has none."""

    __slots__ = ("charge_group", "fee", "index", "line", "portions", "refusal", "steps", "warnings")

    def __init__(self, index: int, line: ServiceLine, fee: Fee) -> None:
        self.index = index
        self.line = line
        self.fee = fee
        self.portions: list[Portion] = []
        self.steps: list[Step] = []
        self.warnings: list[str] = []
        self.refusal: Refusal | None = None
        # The lines whose charges count together: those of two sides.
        self.charge_group: list[Item] = [self]

    @property
    def amount(self) -> Decimal:
        """What the line comes to so far, in US dollars, unrounded."""
        return sum((portion.amount for portion in self.portions), Decimal(0))

    def add(self, step: str, detail: str) -> None:
        """Keep a step with the amount that the line now has."""
        self.steps.append(Step(step, detail, self.amount))

    def scale(self, factor: Decimal) -> None:
        """Multiply all that the line comes to."""
        for portion in self.portions:
            portion.amount *= factor


class Portion:
    """What one line has of a procedure: `weight` times the fee of a unit, until an adjustment changes the amount."""

    __slots__ = ("amount", "item", "weight")

    def __init__(self, item: Item, weight: Decimal, amount: Decimal) -> None:
        self.item = item
        self.weight = weight
        self.amount = amount


class Procedure:
    """What is ranked as one: a unit, or both sides, which may stand on two lines."""

    __slots__ = ("both_sides", "fee", "portions")

    def __init__(self, fee: Fee, portions: Sequence[Portion], both_sides: bool = False) -> None:
        self.fee = fee
        self.portions = portions
        self.both_sides = both_sides

    @property
    def amount(self) -> Decimal:
        """What the procedure comes to so far."""
        return sum((portion.amount for portion in self.portions), Decimal(0))

    @property
    def weight(self) -> Decimal:
        """How many times the fee of a unit it is."""
        return sum((portion.weight for portion in self.portions), Decimal(0))

    def refuse(self, refusal: Refusal) -> None:
        """Say of each line why it has no amount."""
        for portion in self.portions:
            portion.item.refusal = portion.item.refusal or refusal


# A rank's value, then what settles a tie so that the order of lines never does: the charge (IOM 100-04 ch. 12 §40.6),
# and then what the line says.
RankKey = tuple[Decimal, Decimal, str, tuple[str, ...], int, str, int]


def rank_key(value: Decimal, procedure: Procedure) -> RankKey:
    """Sorts procedures from the highest value to the lowest."""
    item = procedure.portions[0].item
    line = item.line
    return (-value, -(line.charge or Decimal(0)), line.code, line.modifiers, -line.units, line.setting, item.index)


def note(step: str, source: str, details: Iterable[tuple[Item, str]]) -> None:
    """Give each line one step for all that an adjustment did to its portions."""
    by_item: dict[int, tuple[Item, list[str]]] = {}
    for item, detail in details:
        by_item.setdefault(id(item), (item, []))[1].append(detail)
    for item, found in by_item.values():
        item.add(step, f"{'; '.join(found)} ({source})")


def percent(share: Decimal) -> str:
    """0.625 as `62.5 %`."""
    return f"{plain(share * 100)} %"
