"""Modifiers: the list, and a code's verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from cptref.model.answer import Answer
from cptref.model.modifier import CodeModifiers, Modifier, ModifierVerdict
from cptref.render.document import Document, Grid, Heading, Section
from cptref.render.foot import foot

_ORDER = ("yes", "conditional", "no")


def grouped(verdicts: Iterable[ModifierVerdict]) -> list[tuple[list[str], str, str]]:
    """Modifiers that share verdict and reason together: those taken first, those not taken last."""
    groups: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.allowed, verdict.reason), []).append(verdict.modifier)
    rows = [(names, allowed, reason) for (allowed, reason), names in groups.items()]
    return sorted(rows, key=lambda row: _ORDER.index(row[1]))


def modifiers(answer: Answer[CodeModifiers]) -> Document:
    """`modifiers CODE`: what is taken, what is not, and why."""
    blocks: Document = [Heading(answer.data.code, answer.data.title)]
    titles = {"yes": "Taken", "conditional": "Taken under a condition", "no": "Not taken"}
    groups = grouped(answer.data.modifiers)
    for allowed, title in titles.items():
        rows = tuple((" ".join(names), reason) for names, verdict, reason in groups if verdict == allowed)
        if rows:
            blocks += [Section(title), Grid(("Modifier", "Why"), rows, fixed=frozenset())]
    return blocks + foot(answer)


def all_modifiers(answer: Answer[list[Modifier]]) -> Document:
    """`modifiers`: every one."""
    rows = tuple((m.modifier, m.title, "yes" if m.ncci_associated else "") for m in answer.data)
    columns = ("Modifier", "Use", "NCCI PTP-associated")
    return [Section(f"{len(rows)} modifiers"), Grid(columns, rows, fixed=frozenset({0, 2})), *foot(answer)]
