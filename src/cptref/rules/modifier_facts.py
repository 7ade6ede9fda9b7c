"""What the modifier rules look at and what they answer."""

from collections.abc import Callable
from typing import NamedTuple

from cptref.model.rows import PfsRow

YES, NO, CONDITIONAL = "yes", "no", "conditional"
# The global periods of procedures, as against visits and tests.
SURGICAL = frozenset({"000", "010", "090", "YYY", "ZZZ", "MMM"})


class ModifierFacts(NamedTuple):
    """What the rules look at.

    `row` is the code's fee schedule row without modifier. `pctc` is the PC/TC indicator of its row with 26 if it has
    one: for a laboratory test that a physician interprets, only that row bears it. `mai` is the practitioner MUE's,
    empty where none is published. The counts are of PTP edits.
    """

    row: PfsRow
    pctc: str
    has_53_row: bool
    is_add_on: bool
    mai: str
    bypassable: int
    edits: int
    edits_partial: bool


# A rule takes the modifier and the code's facts, and gives the verdict and its reason.
Verdict = tuple[str, str]
Rule = Callable[[str, ModifierFacts], Verdict]
