"""What an indicator means."""

from __future__ import annotations

from cptref.model.answer import Answer
from cptref.model.indicator import Explanation
from cptref.render.document import Document, Grid, Heading, Items, Paragraph, Section
from cptref.render.foot import foot


def document(answer: Answer[Explanation]) -> Document:
    """The indicator, then each value with its meaning and what follows for billing."""
    found = answer.data
    rows = tuple((value.value, value.meaning, value.consequence) for value in found.values)
    blocks: Document = [Heading(found.field.replace("_", "-"), found.name), Paragraph(found.about)]
    if rows:
        blocks.append(Grid(("Value", "Meaning", "For billing"), rows))
    own = {value.value: value.meaning for value in found.values}
    words = tuple(f"{value}: {text}" for value, text in found.texts.items() if text != own[value])
    if words:
        blocks += [Section("In CMS's words"), Items(words)]
    return [*blocks, Paragraph(f"Source: {found.source}.", "dim"), *foot(answer)]
