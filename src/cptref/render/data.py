"""What the `data` commands found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cptref.model.answer import Answer
from cptref.model.store import ImportedFile, Problem, StoredRelease
from cptref.render.document import Document, Grid, Paragraph, Section

_FIXED = frozenset({0, 1})


def document(answer: Answer[Any]) -> Document:
    """A table of what was imported, is there, or is wrong."""
    made: dict[str, Callable[[Any], Document]] = {
        "data import": _imported,
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
            result.reason or _files(result.file),
        )
        for result in read
    )
    columns = ("Outcome", "Release", "Rows", "Rejects", "Seconds", "File, or why not")
    blocks: Document = [Grid(columns, rows, frozenset({2, 3, 4}), frozenset({0, 2, 3, 4}))] if rows else []
    for result in read:
        if result.changes is not None:
            counted = [f"{number:,} {action}" for action, number in result.changes._asdict().items() if number]
            told = ", ".join(counted) or "no row is another"
            blocks.append(Paragraph(f"Replaced, {result.kind} {result.release}: {told}."))
        if result.rejected:
            shown = [f"line {reject.line}: {reject.reason}" for reject in result.rejected[:5]]
            blocks.append(Paragraph(f"Not read in {result.file}: {'; '.join(shown)}", "warning"))
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


def _listed(releases: list[StoredRelease]) -> Document:
    if not releases:
        return [Paragraph("No release is imported. `cptref data import PATH` imports CMS releases.")]
    rows = tuple((r.kind, r.release, str(r.effective), str(r.ends), f"{r.rows:,}", r.imported[:10]) for r in releases)
    columns = ("Kind", "Release", "From", "To", "Rows", "Imported")
    return [Section(f"{len(rows)} imported releases"), Grid(columns, rows, frozenset({4}), _FIXED)]


def _removed(releases: list[StoredRelease]) -> Document:
    return [Paragraph(f"Removed: {release.kind} {release.release}") for release in releases]


def _verified(found: list[Problem]) -> Document:
    wrong = [problem for problem in found if problem.serious]
    blocks: Document = [Paragraph(f"{problem.release}: {problem.problem}", "bad") for problem in wrong]
    if not wrong:
        blocks.append(Paragraph("Every release is whole.", "good"))
    return blocks + [Paragraph(f"{gap.release}: {gap.problem}", "warning") for gap in found if not gap.serious]
