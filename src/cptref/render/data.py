"""What the `data` commands found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cptref.model.answer import Answer
from cptref.model.store import FetchedRelease, ImportedFile, Problem, StoredRelease
from cptref.render.document import Address, Document, Grid, Paragraph, Section

_ALWAYS = (date.min, date.max)
_BY_HAND = ("not found", "refused", "failed", "passed over")


def document(answer: Answer[Any]) -> Document:
    """A table of what was imported, is there, or is wrong."""
    made: dict[str, Callable[[Any], Document]] = {
        "data import": _imported,
        "data fetch": _fetched,
        "data list": _listed,
        "data remove": _removed,
        "data verify": _verified,
    }
    return made[answer.command](answer.data)


def _imported(results: list[ImportedFile]) -> Document:
    read = [result for result in results if result.outcome != "passed over"]
    rows = tuple(
        (
            result.outcome,
            f"{result.kind} {result.release}".strip() or "-",
            f"{result.rows:,}",
            f"{result.rejects:,}",
            f"{result.seconds:.1f}",
            result.reason if result.outcome == "refused" else f"{_files(result.file)}, {result.sha256[:12]}",
        )
        for result in read
    )
    columns = ("Outcome", "Release", "Rows", "Rejects", "Seconds", "File and SHA-256, or why not")
    blocks: Document = [Grid(columns, rows, frozenset({2, 3, 4}), frozenset({0, 2, 3, 4}))] if rows else []
    for result in read:
        if result.changes is not None:
            counted = [f"{number:,} {action}" for action, number in result.changes._asdict().items() if number]
            told = ", ".join(counted) or "no row is another"
            blocks.append(Paragraph(f"Replaced, {result.kind} {result.release}: {told}."))
        if result.rejected:
            shown = [f"line {reject.line}: {reject.reason}" for reject in result.rejected[:5]]
            blocks.append(Paragraph(f"Not read in {result.file}: {'; '.join(shown)}", "warning"))
    noted: dict[str, list[str]] = {}
    for result in read:
        if result.reason and result.outcome != "refused":
            noted.setdefault(result.reason, []).append(f"{result.kind} {result.release}")
    blocks += [Paragraph(f"{', '.join(releases)}: {reason}.", "dim") for reason, releases in noted.items()]
    passed: dict[str, list[str]] = {}
    for result in results:
        if result.outcome == "passed over":
            passed.setdefault(result.reason, []).append(result.file)
    return blocks + [
        Paragraph(f"Passed over, {reason}: {', '.join(files)}.", "dim") for reason, files in passed.items()
    ]


def _files(names: str) -> str:
    first, *more = names.split(", ")
    return f"{first} and {len(more)} more" if more else first


def _fetched(releases: list[FetchedRelease]) -> Document:
    rows = tuple(
        (
            release.outcome,
            f"{release.kind} {release.release}",
            f"{release.rows:,}" if release.rows else "",
            f"{sum(file.bytes for file in release.files) / 1e6:,.1f}" if release.files else "",
            release.reason or _files(", ".join(file.file for file in release.files)),
        )
        for release in releases
    )
    columns = ("Outcome", "Release", "Rows", "MB", "File, or why not")
    blocks: Document = [Grid(columns, rows, frozenset({2, 3}), frozenset({0, 2, 3}))]
    if any(release.outcome == "failed" for release in releases):
        blocks.append(Paragraph("Try again later: what has come of a download is kept.", "warning"))
    by_hand = dict.fromkeys(release.page for release in releases if release.outcome in _BY_HAND)
    if by_hand:
        blocks.append(Paragraph("CMS's own pages; `cptref data import FILE` takes what you download there:", "dim"))
        blocks += map(Address, by_hand)
    return blocks


def _listed(releases: list[StoredRelease]) -> Document:
    if not releases:
        return [Paragraph("No release is imported. `cptref data import PATH` imports CMS releases.")]
    rows = tuple((r.kind, r.release, _day(r.effective), _day(r.ends), f"{r.rows:,}", r.imported[:10]) for r in releases)
    columns = ("Kind", "Release", "From", "To", "Rows", "Imported")
    return [Section(f"{len(rows)} imported releases"), Grid(columns, rows, frozenset({4}), frozenset({0, 2, 3, 5}))]


def _day(day: date) -> str:
    return "-" if day in _ALWAYS else str(day)


def _removed(releases: list[StoredRelease]) -> Document:
    return [Paragraph(f"Removed: {release.kind} {release.release}") for release in releases]


def _verified(found: list[Problem]) -> Document:
    wrong = [problem for problem in found if problem.serious]
    blocks: Document = [Paragraph(f"{problem.release}: {problem.problem}", "bad") for problem in wrong]
    if not wrong:
        blocks.append(Paragraph("Every release is whole.", "good"))
    return blocks + [Paragraph(f"{gap.release}: {gap.problem}", "warning") for gap in found if not gap.serious]
