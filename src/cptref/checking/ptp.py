"""PTP edits: column two is denied beside column one of the same date and provider.

Source: NCCI Policy Manual ch. I, A and E; an edit counts from its effective to its deletion date, both included. Of
indicator 1, an NCCI PTP-associated modifier bypasses it: since 2019-07-01 on either line, before that on column two
only (CR 11168). A bypass is never clean: it must be documented, and on the same side it is doubtful.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cptref.checking.book import PtpTable, PtpTerm
from cptref.checking.bypasses import bypasses
from cptref.checking.case import Case, Line
from cptref.checking.modifiers import fits
from cptref.checking.period import Period
from cptref.checking.releases import name, nothing, shortfall, too_few
from cptref.checking.sites import ANATOMIC, overlap, sites
from cptref.model.carc import NCCI

RULE = "ptp"
EITHER_LINE = date(2019, 7, 1)
_MANUAL = "NCCI Policy Manual ch. I, E"
# Modifiers that bypass only on the codes that they are for: visits have theirs, and 59 and its like are none of them.
_BOUND = frozenset({"same_day_visit", "unrelated_visit", "decision_visit", "multiple_visits", "distinct"})
_HOSPITAL_ONLY = "27"
# Deciding on a minor procedure is part of it (NCCI Policy Manual ch. I, D).
_MAJOR_ONLY = "57"
MINOR = ("000", "010")


class _Edit(NamedTuple):
    """An edit in force between codes that were billed; the lines of each."""

    period: Period
    table: PtpTable
    term: PtpTerm
    ones: list[Line]
    twos: list[Line]


def run(case: Case) -> None:
    """Look at every pair of codes of one date and provider; then at pairs of providers who may count as one."""
    for group in case.groups:
        codes: dict[str, list[Line]] = {}
        for line in group:
            codes.setdefault(line.code, []).append(line)
        if len(codes) > 1:
            _pairs(case, codes)
    if case.several_providers:
        _across_providers(case)


def _pairs(case: Case, codes: dict[str, list[Line]]) -> None:
    period = next(iter(codes.values()))[0].facts.period
    tables = period.ptp
    lines = [line for each in codes.values() for line in each]
    if not tables:
        case.lack(RULE, nothing("ptp", period.setting), lines)
        return
    best = tables[0]
    if best.release.partial:
        _bundled(case, period, codes)
        return
    for one, ones in codes.items():
        partners = best.rows.get(one)
        if partners:
            for two, twos in codes.items():
                if two in partners and two != one:
                    _in_force(case, period, best, partners[two], ones, twos)
    if period.ptp_lack:
        case.lack(RULE, period.ptp_lack, lines)


def _bundled(case: Case, period: Period, codes: dict[str, list[Line]]) -> None:
    """Each pair from the release that has all its edits."""
    for one, ones in codes.items():
        for two, twos in codes.items():
            if one != two:
                table, lack = _answering(period, one, two)
                _in_force(case, period, table, table.rows.get(one, {}).get(two, ()), ones, twos)
                if lack:
                    case.lack(RULE, lack, (*ones, *twos))


def _answering(period: Period, one: str, two: str) -> tuple[PtpTable, str]:
    """The release for a pair, the bundled one if it has the pair's edits, else a whole one; and what it leaves open."""
    best, held, complete = period.ptp[0], period.book.held, period.book.complete
    if best.release.partial and not (one in held and two in held) and not {one, two} & complete:
        whole = next((table for table in period.ptp if not table.release.partial), None)
        return (whole, shortfall(whole.release, period.day)) if whole else (best, too_few(best.release))
    return best, period.ptp_lack


def _in_force(
    case: Case, period: Period, table: PtpTable, terms: tuple[PtpTerm, ...], ones: list[Line], twos: list[Line]
) -> None:
    for term in terms:
        if _covers(term, ones[0].date):
            _judge(case, _Edit(period, table, term, ones, twos))


def _covers(term: PtpTerm, day: date) -> bool:
    since, until = term.effective, term.deleted
    return (since is None or since <= day) and (until is None or day <= until)


def _judge(case: Case, edit: _Edit) -> None:
    """Deny each column-two line that some column-one line is not bypassed for; report the others as bypassed."""
    denied: list[Line] = []
    against: dict[Line, None] = {}
    bypassed: dict[tuple[tuple[str, ...], str], list[tuple[Line, Line]]] = {}
    for two in edit.twos:
        open_ones = []
        for one in edit.ones:
            counted = _bypass(edit, one, two)
            if counted:
                same = _same_side(one, two) if ANATOMIC.issuperset(counted) else ""
                bypassed.setdefault((counted, same), []).append((one, two))
            else:
                open_ones.append(one)
        if open_ones:
            denied.append(two)
            against.update(dict.fromkeys(open_ones))
    if denied:
        _report_denied(case, edit, denied, list(against))
    for (counted, same), pairs in bypassed.items():
        kept = [(one, two) for one, two in pairs if two not in denied]
        if kept:
            _report_bypassed(case, edit, counted, same, kept)


def _bypass(edit: _Edit, one: Line, two: Line) -> tuple[str, ...]:
    """The modifiers that bypass the edit for two lines."""
    if edit.term.modifier_indicator != "1":
        return ()
    counted = _associated(edit.period, two, one)
    return counted + _associated(edit.period, one, two) if two.date >= EITHER_LINE else counted


def _associated(period: Period, line: Line, beside: Line) -> tuple[str, ...]:
    if not line.modifiers:
        return ()
    minor = beside.facts.global_days in MINOR
    return tuple([m for m in line.modifiers if _counts(period, line, m) and not (minor and m == _MAJOR_ONLY)])


def _counts(period: Period, line: Line, text: str) -> bool:
    key = ("bypass", text)
    memo = line.facts.memo
    if key not in memo:
        known = period.book.modifiers.get(text)
        right = known is not None and known.ncci_associated and (text != _HOSPITAL_ONLY or period.setting == "hospital")
        memo[key] = bool(right and known and (known.rule not in _BOUND or fits(line.facts, known)[0]))
    return bool(memo[key])


def _same_side(one: Line, two: Line) -> str:
    return overlap(sites(one.modifiers), sites(two.modifiers))


def _report_denied(case: Case, edit: _Edit, denied: list[Line], against: list[Line]) -> None:
    one, two = edit.ones[0], edit.twos[0]
    if edit.term.modifier_indicator == "1":
        vain = sorted({m for line in (*denied, *against) for m in line.modifiers if _is_associated(edit.period, m)})
        aside = f" {', '.join(vain)} does not bypass it here." if vain else ""
        fix = f"Leave {two.code} off, or add a modifier if the record shows that the services were separate."
        appeal = "Rather correct the claim: a modifier that the record supports bypasses the edit."
        allowed = bypasses(one.facts, two.facts)
    else:
        aside, allowed = " No modifier bypasses it.", ()
        fix = f"Leave {two.code} off."
        appeal = "No modifier bypasses the edit, and contractors may not override it."
    message = f"{two.code} is not paid with {one.code}: {edit.term.rationale}.{aside}"
    case.report(RULE, "fail", denied, message, fix, _source(edit), others=against, carc=NCCI, appeal=appeal,
                bypasses=allowed)  # fmt: skip


def _is_associated(period: Period, text: str) -> bool:
    known = period.book.modifiers.get(text)
    return known is not None and known.ncci_associated


def _report_bypassed(
    case: Case, edit: _Edit, counted: tuple[str, ...], same: str, pairs: list[tuple[Line, Line]]
) -> None:
    one, two = edit.ones[0], edit.twos[0]
    ones = dict.fromkeys(pair[0] for pair in pairs)
    twos = dict.fromkeys(pair[1] for pair in pairs)
    allowed = bypasses(one.facts, two.facts)
    by = ", ".join(dict.fromkeys(counted))
    if same:
        outcome = "warn"
        message = (
            f"{two.code} with {one.code}: both lines name the same site ({same}), where {by} seldom bypasses the edit."
        )
        fix = "Bill both only if a reason in coding allows it on one side; else leave column two off."
    else:
        outcome = "resolved"
        message = f"{two.code} with {one.code}: bypassed by {by}, paid if the record supports it."
        reasons = [each.when for each in allowed if not set(each.modifiers).isdisjoint(counted)]
        fix = f"The record must show it: {', or '.join(reasons) or 'separate sites or encounters'}."
    case.report(RULE, outcome, twos, message, fix, _source(edit), others=ones, bypasses=allowed)


def _across_providers(case: Case) -> None:
    """Different providers of one claim: an edit between them counts if they are of one group and specialty."""
    by_date: dict[tuple[int, date], dict[str | int, list[Line]]] = {}
    for line in case.lines:
        by_date.setdefault((line.claim, line.date), {}).setdefault(line.provider, []).append(line)
    for providers in by_date.values():
        if len(providers) > 1:
            for lines in providers.values():
                others = [line for each in providers.values() if each is not lines for line in each]
                _between(case, lines, others)


def _between(case: Case, ones: list[Line], twos: list[Line]) -> None:
    for one in ones:
        period = one.facts.period
        if not period.ptp:
            case.lack(RULE, nothing("ptp", period.setting), (one,))
            continue
        for two in twos:
            if one.code == two.code:
                continue
            table, lack = _answering(period, one.code, two.code)
            if lack:
                case.lack(RULE, lack, (one, two))
            for term in table.rows.get(one.code, {}).get(two.code, ()):
                edit = _Edit(period, table, term, [one], [two])
                if _covers(term, one.date) and not _bypass(edit, one, two):
                    message = (
                        f"{two.code} is not paid with {one.code} if both providers are of one group and specialty."
                    )
                    fix = "If they are, leave it off, or add a modifier that the record supports."
                    case.report(RULE, "unknown", (two,), message, fix, _source(edit), others=(one,))


def _source(edit: _Edit) -> str:
    return f"{name(edit.table.release)}, indicator {edit.term.modifier_indicator}; {_MANUAL}"
