"""Sections by their headings, items of lists, sentences, and the lines they are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.notes.layout import Statement, statements
from cptref.notes.words import NoteWords

OPERATIVE = """\
OPERATIVE REPORT

PREOPERATIVE DIAGNOSIS: Nasal polyps, J33.9. Deviated septum.
POSTOPERATIVE DIAGNOSIS:
  1. Same
PROCEDURES PERFORMED:
1. Septoplasty.
2) Bilateral endoscopic total ethmoidectomy, with removal of
   tissue
SURGEON: Dr. A. B.
Description of Procedure
The nose was decongested with 2.5 mL. It was approx. 4 cm
deep. The scope was passed!
PLAN: Home.
"""


@pytest.fixture
def found(words: NoteWords) -> list[Statement]:
    return statements(OPERATIVE, words.headings, words.heading_words)


def test_sections_and_lines(found: list[Statement]) -> None:
    assert [(each.section, each.line, each.text) for each in found] == [
        ("free", 1, "OPERATIVE REPORT"),
        ("diagnosis", 3, "Nasal polyps, J33.9"),
        ("diagnosis", 3, "Deviated septum"),
        ("diagnosis", 5, "Same"),
        ("procedure", 7, "Septoplasty"),
        ("procedure", 8, "Bilateral endoscopic total ethmoidectomy, with removal of tissue"),
        ("aside", 10, "Dr. A. B"),
        ("narrative", 12, "The nose was decongested with 2.5 mL"),
        ("narrative", 12, "It was approx. 4 cm deep"),
        ("narrative", 13, "The scope was passed"),
        ("plan", 14, "Home"),
    ]


def test_further_sentences_of_an_item_are_not_first(found: list[Statement]) -> None:
    assert [each.first for each in found if each.section == "narrative"] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("DIAGNOSIS: Cataract. PROCEDURE: Phaco. PLAN: Drops.", ["diagnosis", "procedure", "plan"]),
        ("PROCEDURES: 1. Septoplasty. 2. Turbinate reduction.", ["procedure", "procedure"]),
        ("1. EGD. 2. Biopsy.", ["free"] * 2),
        ("PROCEDURE: EGD. It had a score of 8. The end.", ["procedure"] * 3),
        ("Procedure 2: Right knee injected", ["procedure"]),
        ("Operation (laterality): left", ["procedure"]),
        ("ANESTHESIA: General\n\nThe scope was passed.", ["aside", "free"]),
        ("Sedation: Midazolam 2 mg", ["given"]),
        ("DX: Hernia\n\n1. Cyst", ["diagnosis", "diagnosis"]),
        (
            "DX: Hernia\n\nThe patient was taken to the operating room and the hernia was reduced.",
            ["diagnosis", "free"],
        ),
        ("PROCEDURES: EGD; colonoscopy", ["procedure"] * 2),
        ("Preop/Postop Dx: Hernia", ["diagnosis"]),
        ("Post Procedure Dx - final: Hernia", ["diagnosis"]),
        ("## Details of today's operation: The hernia was reduced", ["narrative"]),
        ("Date of the operation: today\nOperation done: EGD", ["date", "procedure"]),
        ("The patient wished the following operation: EGD", ["free"]),
        ("Cecum: normal", ["free"]),
        ("PROCEDURE: EGD\nSTAFF: none\nEGD done", ["procedure", "aside"]),
        ("PROCEDURE: EGD\nSCRUB NURSE: A. B.", ["procedure", "free"]),
        ("the procedure: biopsy", ["free"]),
        ("", []),
        ("\n\n - \n", []),
    ],
)
def test_headings(words: NoteWords, text: str, sections: list[str]) -> None:
    assert [each.section for each in statements(text, words.headings, words.heading_words)] == sections


def test_a_heading_that_tells_more_is_read(words: NoteWords) -> None:
    [found] = statements("FA/ICG performed: both eyes", words.headings, words.heading_words)
    assert (found.section, found.text) == ("procedure", "FA/ICG performed: both eyes")
    [found] = statements("Procedure performed: EGD", words.headings, words.heading_words)
    assert found.text == "EGD"


@given(st.text(alphabet="AB ab.:;,1)-\n\tPROCEDURE", max_size=200))
def test_any_text_has_statements_in_order(words: NoteWords, text: str) -> None:
    found = statements(text, words.headings, words.heading_words)
    lines = text.count("\n") + 1
    assert all(1 <= each.line <= lines and each.text == each.text.strip() != "" for each in found)
    assert [each.line for each in found] == sorted(each.line for each in found)
    # Nothing of the text is lost but headings, bullets, blanks and signs.
    letters = sum(character.isalpha() for each in found for character in each.text + each.heading)
    assert letters <= sum(character.isalpha() for character in text) * 2
