"""Checking claims: the rules run in order, and each line's verdict is the worst that they found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from cptref.checking.book import RuleBook
from cptref.checking.case import UNKNOWN, VERDICTS, Case, Issue
from cptref.checking.period import Period, changes
from cptref.checking.registry import RULES, Rule
from cptref.model.claim import CheckedClaim, Claim, Finding, LineVerdict, NotRun

_SHOWN = 5


def check(claims: Sequence[Claim], book: RuleBook) -> list[CheckedClaim]:
    """Check claims against a rule book, in their order.

    Claims of one beneficiary and setting are looked at together: edits reach over claims of one provider and date,
    and a global period reaches over dates. A claim without a beneficiary stands alone.
    """
    return check_with(Checker(book), claims)


def check_with(checker: Checker, claims: Sequence[Claim]) -> list[CheckedClaim]:
    """Likewise, with a checker that may have checked others before."""
    together: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        key = (claim.setting, claim.beneficiary) if claim.beneficiary else ("", str(number))
        together.setdefault(key, []).append(number)
    found: dict[int, CheckedClaim] = {}
    for numbers in together.values():
        found.update(zip(numbers, checker.check([claims[number] for number in numbers]), strict=True))
    return [found[number] for number in range(len(claims))]


class Checker:
    """Checks claims one beneficiary after another; keeps what the book says of each day and code."""

    def __init__(self, book: RuleBook, rules: Sequence[Rule] = RULES) -> None:
        self._book = book
        self._rules = rules
        self._changes = changes(book)
        self._periods: dict[tuple[str, int], Period] = {}
        self._days: dict[tuple[str, date], Period] = {}

    def check(self, claims: Sequence[Claim]) -> Iterator[CheckedClaim]:
        """Check claims that belong together: one beneficiary, one setting."""
        setting = claims[0].setting
        case = Case(claims, lambda day: self._days.get((setting, day)) or self._period(setting, day))
        rules = [rule for rule in self._rules if setting in rule.settings]
        if not rules:
            raise ValueError(f"no setting '{setting}'")
        _note_lacks(case, rules)
        for rule in rules:
            rule.run(case)
        for number in range(len(claims)):
            yield _checked(case, number, rules)

    def _period(self, setting: str, day: date) -> Period:
        key = (setting, bisect_right(self._changes, day))
        if key not in self._periods:
            self._periods[key] = Period(self._book, setting, day)
        self._days[setting, day] = self._periods[key]
        return self._periods[key]


def _note_lacks(case: Case, rules: Sequence[Rule]) -> None:
    """What the releases do not tell of a code holds for every rule that rests on them."""
    for line in case.lines:
        for kind, why in line.facts.lacks:
            for rule in rules:
                if kind in rule.rests_on and (line.modifiers or not rule.for_modifiers):
                    case.lack(rule.name, why, (line,))


def _checked(case: Case, number: int, rules: Sequence[Rule]) -> CheckedClaim:
    claim = case.claims[number]
    lines, issues = case.lines, case.issues
    if len(case.claims) > 1:
        lines = [line for line in lines if line.claim == number]
        issues = [issue for issue in issues if any(line.claim == number for line in issue.hits + issue.others)]
    state = max([line.state for line in lines], default=UNKNOWN)  # a claim without lines: nothing was checked
    findings = tuple([_finding(case, issue, number) for issue in issues])
    not_run: tuple[NotRun, ...] = ()
    if case.lacks:
        not_run = tuple(
            NotRun(rule, f"{why} Codes: {_some(those)}.")
            for (rule, why), without in case.lacks.items()
            if (those := [line.code for line in without if line.claim == number])
        )
    unrun = {each.rule for each in not_run} - {finding.rule for finding in findings}
    return CheckedClaim(
        claim.id,
        VERDICTS[state],
        tuple([LineVerdict(line.number, line.code, VERDICTS[line.state]) for line in lines]),
        findings,
        tuple([rule.name for rule in rules if rule.name not in unrun]),
        not_run,
    )


def _finding(case: Case, issue: Issue, number: int) -> Finding:
    """An issue as one of its claims sees it: what lies on other claims is in the message."""
    rule, outcome, hits, others, message, fix, source, carc, appeal, bypasses = issue
    fails = outcome == "fail"
    denied: tuple[str, ...]
    if not others and len(hits) == 1:
        (line,) = hits
        sole = (line.number,)
        denied = sole if fails else ()
        return Finding(rule, outcome, sole, (line.code,), message, fix, source, denied, carc, appeal, bypasses)
    every = sorted(hits + others, key=attrgetter("index"))
    here = tuple([line.number for line in every if line.claim == number])
    if len(here) < len(every):
        away = [f"line {line.number} of claim {case.claims[line.claim].id}" for line in every if line.claim != number]
        message = f"{message} (with {', '.join(away)})"
    denied = tuple([line.number for line in hits if line.claim == number]) if fails else ()
    codes = tuple(dict.fromkeys([line.code for line in others + hits]))
    return Finding(rule, outcome, here, codes, message, fix, source, denied, carc, appeal, bypasses)


def _some(codes: Iterable[str]) -> str:
    unique = list(dict.fromkeys(codes))
    more = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + more
