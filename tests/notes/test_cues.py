"""What was not done, was earlier, is planned, or is somebody else's: cues and how far they reach."""

import pytest

from cptref.notes.cues import Cues
from cptref.notes.phrases import tokens
from cptref.notes.words import NoteWords


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("No biopsy was taken", "biopsy", "negated"),
        ("A biopsy was not taken", "biopsy", "negated"),
        ("Biopsy was deferred", "Biopsy", "negated"),
        ("Colonoscopy without polypectomy", "polypectomy", "negated"),
        ("Colonoscopy without polypectomy", "Colonoscopy", None),
        ("PCI was therefore not performed", "PCI", "negated"),
        ("No dilation, biopsy or banding", "banding", "negated"),
        ("No dilation but a biopsy was taken", "biopsy", None),
        ("The polyp was removed without difficulty and the scope withdrawn", "scope", None),
        ("CT of the head without contrast", "contrast", None),
        ("Status post CABG, here for colonoscopy", "CABG", "history"),
        ("Status post CABG, here for colonoscopy", "colonoscopy", None),
        ("s/p appendectomy", "appendectomy", "history"),
        ("She had a hysterectomy in 2009", "hysterectomy", "history"),
        ("Tonsillectomy years ago", "Tonsillectomy", "history"),
        ("Will schedule colonoscopy", "colonoscopy", "plan"),
        ("Repeat colonoscopy in five years", "colonoscopy", "plan"),
        ("Risks of perforation and colectomy were explained", "colectomy", "plan"),
        ("Her mother underwent a mastectomy", "mastectomy", "family"),
        ("If the margins are positive, re-excision", "excision", "conditional"),
        ("Possible appendicitis", "appendicitis", "uncertain"),
        ("r/o malignancy", "malignancy", "uncertain"),
        ("No biopsy; polypectomy done", "polypectomy", None),
        ("63 year old man for biopsy", "biopsy", None),
        ("Stent considered but not placed", "Stent", "negated"),
        ("A stent was tried but was not placed", "stent", "negated"),
        ("We considered a TEE but did not do it", "TEE", "negated"),
        ("superficial, not into muscle", "superficial", None),
        ("Surveillance colonoscopy", "colonoscopy", None),
        ("Repeat cesarean section", "cesarean", None),
        ("Risks and benefits discussed, IUD inserted", "IUD", None),
        ("After failed conservative treatment, ESI was done", "ESI", None),
        ("Debridement after FESS 2 weeks ago", "Debridement", None),
        ("Debridement after FESS 2 weeks ago", "FESS", "history"),
        ("Excision of post-auricular cyst", "cyst", None),
    ],
)
def test_status_of_a_word(words: NoteWords, text: str, word: str, status: str | None) -> None:
    found = tokens(text)
    marks = Cues(words).read(text, found)
    [mark] = [mark for token, mark in zip(found, marks, strict=True) if token.text == word]
    assert (mark and mark.status) == status


def test_of_a_diagnosis_less_only_looks_like_a_cue(words: NoteWords) -> None:
    text = "No acute fracture"
    found = tokens(text)
    assert [mark and mark.status for mark in Cues(words).read(text, found, diagnosis=True)] == ["negated"] * 3
    assert Cues(words).read(text, found)[2] is None


def test_the_cue_is_told_as_written(words: NoteWords) -> None:
    text = "Biopsy Was Not taken"
    mark = Cues(words).read(text, tokens(text))[0]
    assert mark is not None
    assert mark.cue == "Was Not"
