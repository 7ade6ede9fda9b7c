"""Checking claims: the rules run in order, and each line's verdict is the worst that they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cptref.checking.book import RuleBook
from cptref.checking.case import UNKNOWN, VERDICTS, Case, Issue, Line
from cptref.checking.day import Day
from cptref.checking.registry import RULES, Rule
from cptref.model.claim import CheckedClaim, Claim, Finding, LineVerdict, NotRun

_SHOWN = 5


def check(claims: Sequence[Claim], book: RuleBook) -> list[CheckedClaim]:
    """Check claims against a rule book, in their order.

    Claims of one beneficiary and setting are looked at together: edits reach over claims of one provider and date,
    and a global period reaches over dates. A claim without a beneficiary stands alone.
    """
    checker = Checker(book)
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
        self._days: dict[tuple[str, date], Day] = {}

    def check(self, claims: Sequence[Claim]) -> Iterator[CheckedClaim]:
        """Check claims that belong together: one beneficiary, one setting."""
        setting = claims[0].setting
        days: dict[date, Day] = {}

        def on(day: date) -> Day:
            found = days.get(day)
            if found is None:
                found = days[day] = self._day(setting, day)
            return found

        case = Case(claims, on)
        rules = [rule for rule in self._rules if setting in rule.settings]
        if not rules:
            raise ValueError(f"no setting '{setting}'")
        _note_lacks(case, rules)
        for rule in rules:
            rule.run(case)
        for number in range(len(claims)):
            yield _checked(case, number, rules)

    def _day(self, setting: str, day: date) -> Day:
        key = (setting, day)
        if key not in self._days:
            self._days[key] = Day(self._book, setting, day)
        return self._days[key]


def _note_lacks(case: Case, rules: Sequence[Rule]) -> None:
    """What the releases do not tell of a code holds for every rule that rests on them."""
    for line in case.lines:
        for kind, why in line.facts.lacks:
            for rule in rules:
                if kind in rule.rests_on and (line.modifiers or not rule.for_modifiers):
                    case.lack(rule.name, why, (line,))


def _checked(case: Case, number: int, rules: Sequence[Rule]) -> CheckedClaim:
    claim = case.claims[number]
    lines = case.lines if len(case.claims) == 1 else [line for line in case.lines if line.claim == number]
    state = max([line.state for line in lines], default=UNKNOWN)  # a claim without lines: nothing was checked
    findings = tuple(_finding(case, issue, number) for issue in case.issues if _concerns(issue, number))
    not_run = tuple(
        NotRun(rule, f"{why} Codes: {_some([line.code for line in those])}.")
        for (rule, why), without in case.lacks.items()
        if (those := [line for line in without if line.claim == number])
    )
    found = {finding.rule for finding in findings}
    unrun = {each.rule for each in not_run} - found
    return CheckedClaim(
        claim.id,
        VERDICTS[state],
        tuple([LineVerdict(line.number, line.code, VERDICTS[line.state]) for line in lines]),
        findings,
        tuple([rule.name for rule in rules if rule.name not in unrun]),
        not_run,
    )


def _concerns(issue: Issue, number: int) -> bool:
    return any(line.claim == number for line in issue.hits + issue.others)


def _finding(case: Case, issue: Issue, number: int) -> Finding:
    """An issue as one of its claims sees it: what lies on other claims is in the message."""
    every = sorted(issue.hits + issue.others, key=lambda line: line.index)
    here = [line for line in every if line.claim == number]
    elsewhere = [f"line {line.number} of claim {case.claims[line.claim].id}" for line in every if line.claim != number]
    message = f"{issue.message} (with {', '.join(elsewhere)})" if elsewhere else issue.message
    denied = [line for line in issue.hits if line.claim == number] if issue.outcome == "fail" else []
    return Finding(
        issue.rule,
        issue.outcome,
        _numbers(here),
        tuple(dict.fromkeys(line.code for line in (*issue.others, *issue.hits))),
        message,
        issue.fix,
        issue.source,
        _numbers(denied),
        issue.carc,
        issue.appeal,
        issue.bypasses,
    )


def _numbers(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple([line.number for line in lines])


def _some(codes: Iterable[str]) -> str:
    unique = list(dict.fromkeys(codes))
    more = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + more
