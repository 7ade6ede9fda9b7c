"""The codes of a range, a family or a section."""

from __future__ import annotations

from cptref.model.answer import Answer
from cptref.model.listing import CodeList
from cptref.render.document import Document, Grid, Section
from cptref.render.foot import foot


def document(answer: Answer[CodeList]) -> Document:
    """Code, title, status, global days and total RVUs."""
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
        for code in found.codes
    )
    columns = ("Code", "Procedure", "Status", "Global", "RVU non-fac.", "RVU fac.")
    noun = "code" if found.total == 1 else "codes"
    grid = Grid(columns, rows, frozenset({4, 5}), frozenset({0, 2, 3}))
    return [Section(f"{found.total:,} {noun} in {found.range}"), grid, *foot(answer)]
