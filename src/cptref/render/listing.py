"""The codes of a range, a family or a section."""

from __future__ import annotations

from cptref.model.answer import Answer
from cptref.model.listing import CodeList
from cptref.render.document import Document, Grid, Paragraph, Section
from cptref.render.foot import foot


def document(answer: Answer[CodeList], limit: int = 0) -> Document:
    """Code, title, status, global days and total RVUs of the first `limit` codes (0: all)."""
    found = answer.data
    rows = tuple(
        (
            code.code,
            code.title,
            code.status or "-",
            code.global_days or "-",
            "-" if code.nonfacility_total is None else str(code.nonfacility_total),
            "-" if code.facility_total is None else str(code.facility_total),
        )
        for code in (found.codes[:limit] if limit else found.codes)
    )
    columns = ("Code", "Procedure", "Status", "Global", "RVU non-fac.", "RVU fac.")
    noun = "code" if found.total == 1 else "codes"
    grid = Grid(columns, rows, frozenset({4, 5}), frozenset({0, 2, 3}))
    blocks: Document = [Section(f"{found.total:,} {noun} in {found.range}"), grid]
    if len(rows) < found.total:
        blocks.append(Paragraph(f"The first {len(rows):,} of {found.total:,}: --limit 0 shows all.", "dim"))
    return blocks + foot(answer)
