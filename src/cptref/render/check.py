"""What checking claims found: a claim with its lines and findings, and the summary of many."""

from __future__ import annotations

from collections.abc import Iterable

from cptref.model.answer import Answer, Source
from cptref.model.carc import MEANINGS
from cptref.model.claim import CheckedClaim, CheckSummary, ClaimError, ClaimPrice, Finding
from cptref.model.syntax import shown
from cptref.render.document import Document, Grid, Heading, Items, Paragraph, Section
from cptref.render.foot import foot

_TONES = {"fail": "bad", "unknown": "warning", "warn": "warning", "resolved": "good", "info": "dim", "pass": "good"}
_SAID = {
    "fail": "Denied",
    "warn": "Doubtful",
    "resolved": "Resolved, documentation needed",
    "unknown": "Not known",
    "info": "Note",
}
_ORDER = tuple(_SAID)


def claim_document(checked: CheckedClaim, *, explain: bool) -> Document:
    """A claim: its verdict, its lines, what was found, and which rules were not run."""
    lines = tuple((line.line, line.code, line.verdict) for line in checked.lines)
    blocks: Document = [
        Heading(f"Claim {shown(checked.claim)}" if checked.claim else "Claim", "", checked.verdict.upper(),
                _TONES[checked.verdict]),
        Grid(("Line", "Code", "Verdict"), lines, fixed=frozenset({0, 1, 2})),
    ]  # fmt: skip
    if checked.price:
        blocks += _priced(checked.price)
    return blocks + findings_document(checked, explain=explain)


def findings_document(checked: CheckedClaim, *, explain: bool = False) -> Document:
    """What was found in a claim, and which rules were not run."""
    blocks: Document = []
    for finding in sorted(checked.findings, key=lambda each: _ORDER.index(each.outcome)):
        blocks += _finding(finding, explain=explain)
    if checked.rules_not_run:
        by_reason: dict[str, list[str]] = {}
        for each in checked.rules_not_run:
            by_reason.setdefault(each.why, []).append(each.rule)
        not_run = tuple(f"{', '.join(rules)}: {why}" for why, rules in by_reason.items())
        blocks += [Section("Not run, so not cleared"), Items(not_run)]
    return blocks


def _priced(price: ClaimPrice) -> Document:
    if price.pays is None or price.undenied is None:
        return [Paragraph(f"No price: {price.reason}.", "warning")]
    text = f"Pays {price.pays:,.2f} dollars"
    if price.undenied != price.pays:
        text += f" with the denials, {price.undenied:,.2f} without them"
    blocks: Document = [Paragraph(f"{text}.")]
    if price.unpriced:
        blocks.append(Paragraph(f"No amount, and not counted: line {', '.join(map(shown, price.unpriced))}.", "dim"))
    return blocks


def _finding(finding: Finding, *, explain: bool) -> Document:
    noun = "line" if len(finding.lines) == 1 else "lines"
    where = f"{noun} {', '.join(map(shown, finding.lines))}: " if finding.lines else ""
    blocks: Document = [
        Section(f"{_SAID[finding.outcome]} ({finding.rule})"),
        Paragraph(f"{where}{finding.message}", _TONES[finding.outcome]),
    ]
    if finding.cost is not None:
        blocks.append(Paragraph(f"Costs {finding.cost:,.2f} dollars."))
    if finding.fix:
        blocks.append(Paragraph(f"What to do: {finding.fix}"))
    if explain:
        blocks += _explained(finding)
    return [*blocks, Paragraph(f"Source: {finding.source}.", "dim")]


def _explained(finding: Finding) -> Document:
    blocks: Document = []
    if finding.denied:
        blocks.append(Paragraph(f"Not paid: line {', '.join(map(shown, finding.denied))}."))
    if finding.bypasses:
        rows = tuple((" ".join(each.modifiers), each.when, each.source) for each in finding.bypasses)
        blocks.append(Grid(("Modifier", "Right when", "Source"), rows, fixed=frozenset()))
    if finding.appeal:
        blocks.append(Paragraph(f"Appeal: {finding.appeal}"))
    if finding.carc:
        blocks.append(Paragraph(f"The denial carries CARC {finding.carc}: {MEANINGS[finding.carc]}."))
    return blocks


def error_text(error: ClaimError) -> str:
    """What could not be read, in a line."""
    claim = f", claim {shown(error.claim)}" if error.claim else ""
    return f"{error.position}{claim}: {error.reason}"


def summary_document(
    summary: CheckSummary, errors: Iterable[str], sources: Iterable[Source], warnings: Iterable[str], hidden: int
) -> Document:
    """Counts over all claims, what could not be read, and the foot."""
    verdicts = ", ".join(f"{summary.verdicts[name]:,} {name}" for name in ("pass", "fail", "unknown")
                         if summary.verdicts.get(name))  # fmt: skip
    blocks: Document = [
        Section("Summary"),
        Paragraph(f"{summary.claims:,} claims, {summary.lines:,} lines: {verdicts or 'nothing checked'}."),
    ]
    rows = tuple(
        (rule, *(f"{outcomes[name]:,}" if outcomes.get(name) else "" for name in _ORDER))
        for rule, outcomes in summary.findings.items()
    )
    if rows:
        blocks.append(
            Grid(("Rule", "Denied", "Doubtful", "Resolved", "Not known", "Note"), rows, frozenset(range(1, 6)))
        )
    if summary.charges_denied:
        blocks.append(Paragraph(f"Charged for lines that would be denied: {summary.charges_denied:,.2f} dollars."))
    if hidden:
        blocks.append(Paragraph(f"{hidden:,} claims are not shown: --limit 0 shows all, --format csv lists.", "dim"))
    told = list(errors)
    if summary.unreadable:
        more = f"and {summary.unreadable - len(told):,} more" if summary.unreadable > len(told) else ""
        blocks += [Section(f"Could not be read: {summary.unreadable:,}"), Items((*told, *([more] if more else [])))]
    return blocks + closing(sources, warnings)


def closing(sources: Iterable[Source], warnings: Iterable[str]) -> Document:
    """Sources and warnings, as at the end of every page."""
    from datetime import date

    return foot(Answer("check", date.min, None, tuple(sources), tuple(warnings)))
