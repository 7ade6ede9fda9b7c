"""What a search found."""

from __future__ import annotations

from cptref.model.answer import Answer
from cptref.model.listing import SearchHits
from cptref.render.document import Document, Grid, Paragraph, Section
from cptref.render.foot import foot


def document(answer: Answer[SearchHits]) -> Document:
    """The hits, best first, with the fields in which the words stood."""
    found = answer.data
    rows = tuple((hit.code, hit.title, ", ".join(hit.matched)) for hit in found.hits)
    diagnoses = any(source.kind == "icd" for source in answer.sources)
    noun = "code" if found.total == 1 else "codes"
    blocks: Document = [
        Section(f"{found.total:,} {noun} for '{found.query}'"),
        Grid(("Code", "Diagnosis" if diagnoses else "Procedure", "Found in"), rows),
    ]
    if len(found.hits) < found.total:
        blocks.append(Paragraph(f"The best {len(found.hits):,} of {found.total:,}: --limit 0 shows all.", "dim"))
    return blocks + foot(answer)
