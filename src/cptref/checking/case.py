"""The lines that are checked together, and what the rules report of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cptref.checking.period import CodeFacts, Period
from cptref.model.claim import Bypass, Claim, ClaimLine

PASS, UNKNOWN, FAIL = 0, 1, 2
VERDICTS = ("pass", "unknown", "fail")


class Line:
    """A claim line prepared for the rules. `units` is an int where the units are whole, and 0 where they are no number.

    `provider` is the provider's name, or the number of the claim where it names none: lines of one claim are then
    one provider's. `state` is the worst that a rule found; a line that fails is not paid.
    """

    __slots__ = (
        "claim",
        "code",
        "date",
        "facts",
        "index",
        "modifiers",
        "number",
        "place",
        "provider",
        "state",
        "units",
    )

    def __init__(self, line: ClaimLine, index: int, claim: int, provider: str | int, facts: CodeFacts) -> None:
        self.index = index
        self.claim = claim
        self.number = line.number
        self.code = line.code
        self.modifiers = line.modifiers
        self.date = line.date
        self.place = line.place_of_service
        self.provider = provider
        self.facts = facts
        self.units = _units(line.units)
        self.state = PASS


def _units(units: Decimal) -> int | Decimal:
    if not units.is_finite():
        return 0
    whole = int(units)
    return whole if whole == units else units


class Issue(NamedTuple):
    """A finding with its lines: `hits` are those whose verdict it decides, `others` those that it looked at as well."""

    rule: str
    outcome: str
    hits: tuple[Line, ...]
    others: tuple[Line, ...]
    message: str
    fix: str
    source: str
    carc: str
    appeal: str
    bypasses: tuple[Bypass, ...]


class Case:
    """Claims of one beneficiary in one setting, checked together."""

    def __init__(self, claims: Sequence[Claim], periods: Callable[[date], Period]) -> None:
        self.claims = claims
        self.lines: list[Line] = []
        self.issues: list[Issue] = []
        self.lacks: dict[tuple[str, str], dict[Line, None]] = {}
        self.modified: list[Line] = []
        self.several_providers = False
        for number, claim in enumerate(claims):
            named = {line.provider for line in claim.lines}
            sole = _unnamed(named, number)
            self.several_providers |= len(named) > 1
            for each in claim.lines:
                line = Line(each, len(self.lines), number, each.provider or sole, periods(each.date).facts(each.code))
                self.lines.append(line)
                if line.modifiers:
                    self.modified.append(line)
        self.groups = self._grouped() if len(self.lines) > 1 else []

    def _grouped(self) -> list[list[Line]]:
        """The lines of one date and provider, wherever there are several."""
        groups: dict[tuple[date, str | int], list[Line]] = {}
        for line in self.lines:
            groups.setdefault((line.date, line.provider), []).append(line)
        return [group for group in groups.values() if len(group) > 1]

    def report(
        self,
        rule: str,
        outcome: str,
        hits: Iterable[Line],
        message: str,
        fix: str,
        source: str,
        *,
        others: Iterable[Line] = (),
        carc: str = "",
        appeal: str = "",
        bypasses: tuple[Bypass, ...] = (),
    ) -> None:
        """Note a finding; `fail` and `unknown` are its hits' state from now on, unless they have a worse one."""
        lines = tuple(hits)
        state = FAIL if outcome == "fail" else UNKNOWN if outcome == "unknown" else PASS
        if state:
            for line in lines:
                line.state = max(line.state, state)
        self.issues.append(Issue(rule, outcome, lines, tuple(others), message, fix, source, carc, appeal, bypasses))

    def lack(self, rule: str, why: str, lines: Iterable[Line]) -> None:
        """Note that a rule could not clear some lines."""
        without = self.lacks.setdefault((rule, why), {})
        for line in lines:
            without[line] = None
            line.state = max(line.state, UNKNOWN)


def _unnamed(providers: set[str], claim: int) -> str | int:
    """Whom lines without a provider belong to: the claim's only one if it names one, else the claim's unnamed one."""
    named = providers - {""}
    return next(iter(named)) if len(named) == 1 else claim


def same_claim(one: Line, other: Line) -> bool:
    """Whether two lines are of one claim: its providers may be of one group and specialty, and then count as one."""
    return one.claim == other.claim
