"""Modifiers: the list, and a code's verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from cptref.model.answer import Answer
from cptref.model.modifier import CodeModifiers, Modifier, ModifierVerdict
from cptref.render.document import Document, Grid, Heading, Paragraph, Section
from cptref.render.foot import foot

_ORDER = ("yes", "conditional", "no")


def grouped(verdicts: Iterable[ModifierVerdict]) -> list[tuple[list[str], str, str]]:
    """Modifiers that share verdict and reason together: those taken first, those not taken last."""
    groups: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.allowed, verdict.reason), []).append(verdict.modifier)
    rows = [(names, allowed, reason) for (allowed, reason), names in groups.items()]
    return sorted(rows, key=lambda row: _ORDER.index(row[1]))


def document(answer: Answer[CodeModifiers] | Answer[list[Modifier]]) -> Document:
    """What a code takes, what it does not take, and why; without a code, every modifier."""
    data = answer.data
    return (_all(data) if isinstance(data, list) else _verdicts(data)) + foot(answer)


def _verdicts(found: CodeModifiers) -> Document:
    blocks: Document = [Heading(found.code, found.title)]
    for verdict in found.modifiers:
        if verdict.modifier in found.typed:
            blocks.append(Paragraph(f"{found.code}-{verdict.modifier}: {verdict.allowed}, {verdict.reason}."))
    titles = {"yes": "Taken", "conditional": "Taken under a condition", "no": "Not taken"}
    groups = grouped(found.modifiers)
    for allowed, title in titles.items():
        rows = tuple((" ".join(names), reason) for names, verdict, reason in groups if verdict == allowed)
        if rows:
            blocks += [Section(title), Grid(("Modifier", "Why"), rows, fixed=frozenset())]
    return blocks


def _all(modifiers: list[Modifier]) -> Document:
    rows = tuple((m.modifier, m.title, "yes" if m.ncci_associated else "") for m in modifiers)
    columns = ("Modifier", "Use", "NCCI PTP-associated")
    return [Section(f"{len(rows)} modifiers"), Grid(columns, rows, fixed=frozenset({0, 2}))]
