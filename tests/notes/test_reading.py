"""What a note lists, tells, passes over and names: terms, places, codes, dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.notes.codes import diagnosis_codes, procedure_codes
from cptref.notes.layout import Statement
from cptref.notes.phrases import tokens
from cptref.notes.places import Places, apart
from cptref.notes.reading import Note, Reader, segments
from cptref.notes.tellings import Tellings
from cptref.notes.terms import Terms
from cptref.notes.words import NoteWords


@pytest.fixture(scope="session")
def reader(words: NoteWords, tellings: Tellings) -> Reader:
    return Reader(words, tellings)


def test_no_phrase_stands_twice(words: NoteWords) -> None:
    kinds = [set(map(str.lower, each)) for each in (words.always, words.listed, words.minor, words.never)]
    assert sum(map(len, kinds)) == len(set().union(*kinds))
    cues = [each for cue in words.cues.values() for each in {*cue.before, *cue.after}]
    others = [*words.stops, *words.backward_stops, *words.forward_stops]
    assert len(cues) + len(others) == len({*cues, *others})
    # What of procedures only looks like a cue may be one of diagnoses: `negative`.
    assert len(words.seeming) == len({*words.seeming, *others}) - len(others)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Septoplasty", ["Septoplasty"]),
        ("excised the lesion", ["excised"]),
        ("I&D of abscess", ["I&D"]),
        ("lap chole", ["lap chole"]),
        ("a laparotomy pad was placed in the wound", []),
        ("the biopsy site and the biopsy report", []),
        ("programs for paralysis", []),
        ("give us the US of the pelvis", ["US"]),
    ],
)
def test_terms(words: NoteWords, text: str, terms: list[str]) -> None:
    found = tokens(text)
    told = [" ".join(t.text for t in found[each.start : each.end]) for each in Terms(words).find(found)]
    assert told == terms


@pytest.mark.parametrize(
    ("text", "sides", "parts"),
    [
        ("Right knee", {"right"}, []),
        ("L index finger", {"left"}, ["F1"]),
        ("bilateral turbinates", {"both"}, []),
        ("right and left ears", {"both"}, []),
        ("left heart catheterization", set(), []),
        ("incision was left open", set(), []),
        ("1.2 L drained", set(), []),
        ("RLE angiogram", {"right"}, []),
        ("great toe, left", {"left"}, ["TA"]),
        ("upper eyelid, left", {"left"}, ["E1"]),
    ],
)
def test_sides_and_parts(words: NoteWords, text: str, sides: set[str], parts: list[str]) -> None:
    where = Places(words).read(tokens(text))
    assert set(where.sides) == sides
    assert [left for left, _, _ in where.parts] == parts


def test_places_apart(words: NoteWords) -> None:
    def where(text: str):  # type: ignore[no-untyped-def]
        return Places(words).read(tokens(text))

    assert apart(where("polyp of the cecum"), where("sigmoid polyp"))
    assert apart(where("left knee"), where("right knee"))
    assert not apart(where("sigmoid polyp"), where("sigmoid and rectum"))
    assert not apart(where("left knee"), where("sigmoid"))
    assert where("RUL lesion").direct == (("E3", "RUL"),)


@pytest.mark.parametrize(
    ("text", "section", "codes"),
    [
        ("Chronic sinusitis (J32.0)", "free", ["J32.0"]),
        ("K63.5, K57.30", "free", ["K63.5", "K57.30"]),
        ("ICD-10: J320", "free", ["J320"]),
        ("Sinusitis (J320, J342)", "free", ["J320", "J342"]),
        ("J320; J342", "diagnosis", ["J320", "J342"]),
        ("disc at L4-L5, T12 and B12 deficiency, A1C 7.2", "free", []),
        ("J3301 given, G0105", "free", []),
        ("U07.1", "free", ["U07.1"]),
        ("S51.812A", "free", ["S51.812A"]),
    ],
)
def test_diagnosis_codes(text: str, section: str, codes: list[str]) -> None:
    assert list(diagnosis_codes(Statement(text, 1, section, ""))) == codes


def test_procedure_codes_stand_under_their_heading_or_behind_their_name() -> None:
    assert procedure_codes(Statement("45385, 45380-59", 1, "procedure", "")) == ["45385", "45380-59"]
    assert procedure_codes(Statement("CPT 45385", 1, "free", "")) == ["45385"]
    assert procedure_codes(Statement("he lives in 90210", 1, "free", "")) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PROCEDURE: EGD with biopsy and dilation", ["EGD", "with biopsy", "and dilation"]),
        ("PROCEDURE: Upper and lower blepharoplasty", ["Upper and lower blepharoplasty"]),
        ("PROCEDURE: Septoplasty, turbinate reduction", ["Septoplasty", "turbinate reduction"]),
        ("PROCEDURE: Excision of lesion of back and arm", ["Excision of lesion of back and arm"]),
    ],
)
def test_an_item_is_cut_where_both_sides_name_a_procedure(reader: Reader, text: str, parts: list[str]) -> None:
    [mention] = reader.read(text).listed
    cut = [mention.statement.text[mention.words[a].start : mention.words[b - 1].end] for a, b in segments(mention)]
    assert cut == parts


def test_a_note_lists_tells_and_passes_over(reader: Reader) -> None:
    note = reader.read(
        "DATE OF SURGERY: 05/04/2026\n"
        "HISTORY: Cholecystectomy in childhood.\n"
        "PROCEDURE: Colonoscopy\n"
        "DESCRIPTION: A polyp was seen in the cecum. It was removed with a snare. No biopsy was taken.\n"
        "FAMILY HISTORY: Mastectomy.\nPLAN: Repeat colonoscopy.\nIMPRESSION: Polyp (K63.5)\n"
    )
    assert [each.statement.text for each in note.listed] == ["Colonoscopy"]
    [told] = note.told
    assert told.statement.text == "It was removed with a snare"
    assert told.before is not None
    assert told.before.text == "A polyp was seen in the cecum"
    assert [(each.status, each.statement.line) for each in note.passed] == [
        ("history", 2), ("negated", 4), ("family", 5), ("plan", 6),
    ]  # fmt: skip
    assert note.day is not None
    assert note.day[0] == date(2026, 5, 4)
    assert [code for code, _ in note.diagnosis_codes] == ["K63.5"]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("CT CHEST WITH CONTRAST\n\nFINDINGS: Normal.", ["CT CHEST WITH CONTRAST"]),
        ("ENDOSCOPY REPORT\n\nFINDINGS: Normal.", []),
        ("PROCEDURE: The patient was brought in and a colonoscopy was done.", []),
        ("PROCEDURE: Fenestration of the thing", ["Fenestration of the thing"]),
        ("PROCEDURE: No procedure", []),
    ],
)
def test_what_counts_as_a_list(reader: Reader, text: str, listed: list[str]) -> None:
    assert [each.statement.text for each in reader.read(text).listed] == listed


def test_what_a_statement_says_was_not_done_beside_what_was_is_passed_over_too(reader: Reader) -> None:
    note = reader.read("PROCEDURE: EGD with biopsy, no dilation")
    assert [(each.status, each.cue) for each in note.passed] == [("negated", "no")]
    assert len(note.listed) == 1


def test_sides_of_what_was_not_done_are_no_sides(reader: Reader) -> None:
    [mention] = reader.read("Right knee injected; no injection of left knee").told
    assert mention.where.sides == {"right"}


def test_an_exam_is_a_procedure_where_it_names_one(reader: Reader) -> None:
    assert [each.statement.text for each in reader.read("EXAM: CT chest").listed] == ["CT chest"]
    assert not reader.read("EXAM: Left knee swollen").listed


@given(st.text(max_size=300))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    assert isinstance(reader.read(text), Note)
