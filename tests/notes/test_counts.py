"""How much of something a text tells; that CPT counts time by halves of a unit is in CPT's general rule for time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.notes.counts import further
from cptref.notes.words import NoteWords


@pytest.mark.parametrize(
    ("unit", "text", "more"),
    [
        ("interspace", "Left L4-L5 and left L5-S1 injections", 1),
        ("interspace", "TLIF L3-S1", 2),
        ("interspace", "ACDF C5-6 and C6-7", 1),
        ("interspace", "TLIF L4-5, L4/5", 0),
        ("interspace", "T12-L1", 0),
        ("vertebra", "Kyphoplasty T12 and L1", 1),
        ("vertebra", "Kyphoplasty of L1 and again L1", 0),
        ("lesion", "FNA of thyroid nodules x 2 (right and left)", 1),
        ("lesion", "three nodules", 2),
        ("lesion", "12 actinic keratoses", 11),
        ("lesion", "a 3 x 2 cm nodule", 0),
        ("lesion", "ingrown nail x 3 months", 0),
        ("lesion", "phenol x 3 thirty-second applications", 0),
        ("stage", "Mohs, 2 stages", 1),
        ("stage", "STAGE III: clear", 2),
        ("20 sq cm", "debrided 30 sq cm", 1),
        ("20 sq cm", "6.0 x 5.0 x 0.5 cm = 30 sq cm", 1),
        ("20 sq cm", "ulcer of 5 x 4 cm", 0),
        ("20 sq cm", "ulcer of 5 x 4.1 cm", 1),
        ("100 sq cm", "grafted 340 cm2", 3),
        ("15 minutes", "sedation for 18 minutes", 0),
        ("15 minutes", "sedation for 22 minutes", 0),
        ("15 minutes", "sedation for 23 minutes", 1),
        ("15 minutes", "sedation 64 min", 3),
        ("60 minutes", "infused over 2 hours", 1),
        ("60 minutes", "infused over 1 hour and 30 m", 0),
        ("60 minutes", "infused over 91 minutes", 1),
    ],
)
def test_how_many_more(unit: str, text: str, more: int) -> None:
    assert further(unit, text) == more


@given(st.text(alphabet="LCTS 0123456789-x.cmqhour stage nodule", max_size=80))
def test_any_text_is_counted(words: NoteWords, text: str) -> None:
    assert all(further(unit, text) >= 0 for unit in words.further)


def test_every_unit_of_the_data_is_known(words: NoteWords) -> None:
    assert all(further(unit, "") == 0 for unit in words.further)
