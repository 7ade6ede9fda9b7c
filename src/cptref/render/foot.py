"""The end of every page: where its facts are from, and what the reader should know."""

from __future__ import annotations

from cptref.model.answer import Answer
from cptref.model.kinds import KINDS
from cptref.render.document import Document, Paragraph


def foot(answer: Answer) -> Document:  # type: ignore[type-arg]
    """Sources with their dates, kind by kind, then the warnings."""
    by_kind: dict[str, list[str]] = {}
    for source in answer.sources:
        by_kind.setdefault(source.kind, []).append(f"{source.release} ({source.effective})")
    named = [f"{KINDS[kind].title} {', '.join(releases)}" for kind, releases in by_kind.items()]
    blocks: Document = [Paragraph(f"Sources: {'; '.join(named)}.", "dim")] if named else []
    return [*blocks, *(Paragraph(f"Note: {warning}", "warning") for warning in answer.warnings)]
