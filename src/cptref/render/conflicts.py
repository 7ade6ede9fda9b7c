"""Conflicts: what is denied beside what, and whether a modifier helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from cptref.model.answer import Answer
from cptref.model.edit import Conflicts, Edit
from cptref.render.document import Document, Grid, Heading, Paragraph, Section
from cptref.render.foot import foot

# Codes without a title that are listed after a group's rows, before only a count is given.
_MOST_LISTED = 120
_BYPASS = {
    "no": "no modifier helps",
    "with_modifier": "an NCCI PTP-associated modifier may bypass the edit, if the services were distinct",
}


def document(answer: Answer[Conflicts], limit: int, *, timeline: bool = False) -> Document:
    """One code: groups by what happens, each with up to `limit` rows (0: all). Several: a sentence for each pair.

    With `timeline` the edits by their dates.
    """
    found = answer.data
    blocks: Document = [Heading(code, found.titles.get(code, "")) for code in found.codes]
    if timeline:
        blocks += _timeline(found, limit)
    else:
        blocks += _groups(found, limit) if len(found.codes) == 1 else _pairs(found)
    return blocks + foot(answer)


def _timeline(found: Conflicts, limit: int) -> Document:
    """When each edit began and ended, the newest first."""
    edits = [edit for edit in found.edits if edit.effective]
    edits.sort(key=lambda edit: (edit.effective, edit.deleted or date.max, edit.column_one), reverse=True)
    shown = edits[:limit] if limit else edits
    rows = tuple(
        (
            str(e.effective),
            str(e.deleted or "open"),
            e.column_one,
            e.column_two,
            e.modifier_indicator or "",
            e.rationale,
        )
        for e in shown
    )
    if not rows:
        return [Paragraph(f"No PTP edit ({found.setting}) at any time.")]
    columns = ("From", "To", "Payable", "Denied", "Ind.", "Why")
    blocks: Document = [
        Section(f"{len(edits):,} PTP edit{'s' * (len(edits) > 1)} ({found.setting}) of all times, the newest first"),
        Grid(columns, rows, fixed=frozenset(range(5))),
    ]
    if len(rows) < len(edits):
        blocks.append(Paragraph(f"The newest {len(rows):,} of {len(edits):,}: --limit 0 shows all.", "dim"))
    return blocks


def _pairs(found: Conflicts) -> Document:
    if not found.edits:
        among = f"among {', '.join(found.codes)} ({found.setting})"
        if found.complete:
            return [Paragraph(f"No conflict {among}.", "good")]
        return [Paragraph(f"Not known: no conflict {among} is loaded, but not all edits are.", "warning")]
    blocks: Document = []
    for edit in found.edits:
        if edit.kind == "guideline":
            text = f"{edit.column_one} and {edit.column_two} are not reported together, by coding guideline."
        else:
            text = f"Billing {edit.column_two} with {edit.column_one}: {edit.denied} is denied, {_BYPASS[edit.bypass]}."
        blocks.append(Paragraph(text, "bad" if edit.bypass == "no" else "warning"))
        indicator = f" (modifier indicator {edit.modifier_indicator})" if edit.modifier_indicator else ""
        blocks.append(Paragraph(f"  Why: {edit.rationale.rstrip('.')}{indicator}.{_dates(edit)}"))
    return blocks


def _dates(edit: Edit) -> str:
    return f" In force {_period(edit)}." if edit.effective else ""


def _groups(found: Conflicts, limit: int) -> Document:
    code = found.codes[0]
    groups: tuple[tuple[str, Callable[[Edit], bool]], ...] = (
        (f"Coding guidelines: not reported with {code}", lambda e: e.kind == "guideline"),
        (
            f"{code} is denied beside these, no modifier helps",
            lambda e: e.denied == code and e.bypass == "no",
        ),
        (
            f"{code} is denied beside these, unless a modifier applies",
            lambda e: e.denied == code and e.bypass != "no",
        ),
        (f"Denied beside {code}, no modifier helps", lambda e: e.column_one == code and e.bypass == "no"),
        (
            f"Denied beside {code}, unless a modifier applies",
            lambda e: e.column_one == code and e.bypass == "with_modifier",
        ),
    )
    one = sum(edit.kind == "ptp" and edit.column_one == code for edit in found.edits)
    two = sum(edit.kind == "ptp" and edit.column_two == code for edit in found.edits)
    guidelines = len(found.edits) - one - two
    loaded = "" if found.complete else " that are loaded"
    blocks: Document = [
        Paragraph(f"PTP edits ({found.setting}){loaded}: {one:,} as column one, {two:,} as column two."),
        Paragraph(f"Coding guidelines: {guidelines:,}."),
    ]
    for title, belongs in groups:
        edits = [edit for edit in found.edits if belongs(edit)]
        if edits:
            blocks += _group(f"{title} ({len(edits):,})", edits, code, found.titles, limit)
    return blocks


def _group(title: str, edits: Sequence[Edit], code: str, titles: dict[str, str], limit: int) -> Document:
    """A row for each edit while they last: described codes first, those nearest in number before others."""

    def other(edit: Edit) -> str:
        return edit.column_one if edit.column_two == code else edit.column_two

    def near(edit: Edit) -> tuple[bool, int]:
        return other(edit) not in titles, _distance(other(edit), code)

    ranked = sorted(edits, key=near)
    chosen = sorted(ranked[:limit] if limit else ranked, key=other)
    dated = any(edit.effective for edit in edits)
    columns = ("Code", "Procedure", "In force", "Why") if dated else ("Code", "Procedure", "Why")
    rows = tuple(
        (
            other(edit),
            titles.get(other(edit), "(not in the catalog)"),
            *((_period(edit),) if dated else ()),
            edit.rationale,
        )
        for edit in chosen
    )
    blocks: Document = [Section(title), Grid(columns, rows)]
    rest = sorted({other(edit) for edit in ranked[len(chosen) :]})
    if rest:
        more = len(rest) - _MOST_LISTED
        listed = " ".join(rest[:_MOST_LISTED])
        counted = f" and {more:,} more" if more > 0 else ""
        blocks.append(Paragraph(f"Also {len(rest):,}: {listed}{counted}. --limit 0 shows a row for each.", "dim"))
    return blocks


def _period(edit: Edit) -> str:
    return f"{edit.effective} to {edit.deleted}" if edit.deleted else f"from {edit.effective}"


def _distance(other: str, code: str) -> int:
    """How far apart two codes are by number; codes of another kind are far."""
    if other[0].isalpha() != code[0].isalpha() or other[-1].isalpha() != code[-1].isalpha():
        return 10**6
    return abs(int(other.strip("ABCDEFGHIJKLMNOPQRSTUV")) - int(code.strip("ABCDEFGHIJKLMNOPQRSTUV")))
