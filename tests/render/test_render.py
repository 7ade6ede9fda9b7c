"""How answers look. `pytest --update-snapshots` writes the stored ones anew; read the difference before you commit."""

import io
import json
from collections.abc import Callable

import pytest
from conftest import DAY

from cptref import Reference
from cptref.render import records
from cptref.render.document import Document, Grid, Heading, Items, Paragraph, Section
from cptref.render.markdown import markdown
from cptref.render.pages import document
from cptref.render.terminal import draw

Snapshot = Callable[[str, str], None]


def drawn(made: Document, columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    stream = io.StringIO()
    draw(made, stream)
    return stream.getvalue()


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("code", ["31243", "43214", "0441T", "71250", "99292", "J0171"])
def test_pages(
    reference: Reference, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, code: str, columns: int
) -> None:
    text = drawn(document(reference.show(code, as_of=DAY)), columns, monkeypatch)
    snapshot(f"show-{code}-{columns}.txt", text)


def test_conflicts(reference: Reference, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    one = document(reference.conflicts("43214", as_of="2024-09-01"), limit=5)
    snapshot("conflicts-43214-80.txt", drawn(one, 80, monkeypatch))
    pairs = document(reference.conflicts("43214", "43200", "76000", as_of="2024-09-01"), limit=5)
    snapshot("conflicts-pairs-80.txt", drawn(pairs, 80, monkeypatch))


def test_lists(reference: Reference, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot("search-80.txt", drawn(document(reference.search("freeze nerve nose", as_of=DAY)), 80, monkeypatch))
    snapshot("list-80.txt", drawn(document(reference.list("0440T-0442T", as_of=DAY)), 80, monkeypatch))
    snapshot("explain-80.txt", drawn(document(reference.explain("bilat-surg", as_of=DAY)), 80, monkeypatch))
    snapshot("modifiers-80.txt", drawn(document(reference.modifiers("31243", as_of=DAY)), 80, monkeypatch))


def test_a_note(reference: Reference, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "DATE OF PROCEDURE: 2024-09-01\n"
        "PROCEDURES: 1. Colonoscopy with snare removal of a polyp of the ascending colon and biopsy of a\n"
        "sigmoid polyp.\n"
        "2. Excision of 1.2 cm nevus, left forearm\n3. Frobnication of the left knee\n"
        "DIAGNOSIS: Polyp of colon (K63.5). Possible colitis.\nHISTORY: s/p CABG.\nPLAN: Colonoscopy in 5 years.\n"
    )
    answer = reference.suggest(text, place_of_service="24")
    snapshot("suggest-80.txt", drawn(document(answer), 80, monkeypatch))
    snapshot("suggest.csv", records.to_csv(answer))


def test_markdown_and_records(reference: Reference, snapshot: Snapshot) -> None:
    answer = reference.show("31243", as_of=DAY)
    snapshot("show-31243.md", markdown(document(answer)))
    snapshot("show-31243.csv", records.to_csv(answer))
    snapshot("show-31243.json", json.dumps(json.loads(records.to_json(answer)), indent=1) + "\n")


HOSTILE = "[red]x[/red] \x1b[31m \x07 | <b> `a` *b* _c_ \r\n\t :smile: \N{RIGHT-TO-LEFT OVERRIDE}"


def test_text_is_shown_literally(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Document = [
        Heading(HOSTILE, HOSTILE, HOSTILE, "bad"),
        Section(HOSTILE),
        Paragraph(HOSTILE),
        Items((HOSTILE,)),
        Grid(("a", "b"), ((HOSTILE, HOSTILE),)),
    ]
    text = drawn(made, 200, monkeypatch)
    assert text.count("[red]x[/red]") == 8
    assert text.count(":smile:") == 8
    for character in "\x1b\x07\r\t\N{RIGHT-TO-LEFT OVERRIDE}":
        assert character not in text
    written = markdown(made)
    for character in "\x1b\x07\r\t\N{RIGHT-TO-LEFT OVERRIDE}":
        assert character not in written
    assert "<b>" not in written.replace("\\<b\\>", "")
    assert all(line.count(" | ") == 1 for line in written.splitlines() if line.startswith("| "))
