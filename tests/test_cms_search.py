"""Search and notes over the whole of CMS's files; what is right is general knowledge of coding."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
from conftest import ROOT

from cptref import Reference
from cptref.data import Data
from cptref.model.words import STOP, stem, words_of

DAY = "2026-07-15"
VOCABULARY = tomli.loads((ROOT / "data" / "vocabulary.toml").read_text(encoding="utf-8"))
REPORT = """\
PREOPERATIVE DIAGNOSIS: Cervical disc herniation, M50.122; level T12; ICD K57.
PROCEDURES PERFORMED:
1. Right shoulder arthroscopic rotator cuff repair
2. Arthroscopic distal clavicle excision (Mumford)
3. Limited debridement of labral fraying
4. Frobnication of the grommet
POSTOPERATIVE DIAGNOSIS:
1. Full-thickness rotator cuff tear, right shoulder
2. HTN
3. Possible gout
HISTORY: Status post left total knee arthroplasty.
"""


@pytest.fixture(scope="module")
def whole(cms: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    folder = tmp_path_factory.mktemp("search")
    data = Data(folder)
    data.accept_licence("ama")
    data.import_paths([cms / "pfs" / "rvu26c.zip", cms / "icd10cm"])
    with Reference(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("carotid endarterectomy with patch", "35301"),
        ("chevron bunionectomy", "28296"),
        ("acdf", "22551"),
        ("operating microscope", "69990"),
        ("laparoscopic lysis of adhesions", "44180"),
        ("excision of benign lesion of back, 2.5 cm", "11403"),
        ("colonoscopy", "45378"),
        ("bronchoscopy with TBBx", "31628"),
        ("laparoscopic ventral hernia repair 5 cm incarcerated", "49594"),
    ],
)
def test_operations_are_found_by_their_names(whole: Reference, text: str, code: str) -> None:
    assert whole.search(text, 1, DAY).hits[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HTN", "I10"),
        ("type 2 diabetes", "E11.9"),
        ("t2dm", "E11.9"),
        ("GERD", "K21.9"),
        ("right knee osteoarthritis", "M17.11"),
        ("laceration of left forearm", "S51.812A"),
        ("Hallux valgus, right foot", "M20.11"),
        ("full thickness rotator cuff tear, right shoulder", "M75.121"),
        ("copd", "J44.9"),
        ("pneumonia", "J18.9"),
        ("gallstones", "K80.20"),
        ("asthma", "J45.909"),
        ("nosebleed", "R04.0"),
    ],
)
def test_diagnoses_are_found_by_what_they_are_called(whole: Reference, text: str, code: str) -> None:
    assert whole.search_icd(text, 1, DAY).hits[0].code == code


def test_every_term_of_diagnoses_finds_what_it_means(whole: Reference) -> None:
    def stems(text: str) -> set[str]:
        return {stem(word) for word in words_of(text)} - STOP

    missed = []
    for term, meanings in VOCABULARY["diagnoses"].items():
        title = whole.search_icd(term, 1, DAY).hits[0].title
        if not any(stems(meaning) <= stems(title) for meaning in meanings):
            missed.append((term, title))
    assert not missed


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Impression: No acute fracture. No acute DVT.", set()),
        ("IMPRESSION: 1. No acute appendicitis. 2. 4 mm left renal stone. 3. Possible mass", {"N20.0"}),
        ("Assessment: T2DM", {"E11.9"}),
        ("Dx: diverticulitis, no perforation or abscess", {"K57.92"}),
    ],
)
def test_diagnoses_in_words(whole: Reference, text: str, codes: set[str]) -> None:
    assert {each.code for each in whole.suggest(text, DAY).diagnoses} == codes


@pytest.mark.parametrize(
    ("text", "code", "modifiers"),
    [
        ("VATS LUL wedge resection", "32666", set()),  # a lobe, no eyelid
        ("I&C chalazion LUL", "67800", {"E1"}),
        ("TFESI right L5-S1", "64483", {"RT"}),
        ("Postop dx: s/p left TKA\nProcedure: right knee arthroscopy, medial meniscectomy", "29881", {"RT"}),
    ],
)
def test_first_codes_and_modifiers(whole: Reference, text: str, code: str, modifiers: set[str]) -> None:
    first = whole.suggest(text, DAY).procedures[0].proposals[0]
    assert (first.code, {each.modifier for each in first.modifiers}) == (code, modifiers)


def test_a_report_over_all_codes(whole: Reference) -> None:
    found = whole.suggest(REPORT, DAY).data
    first = [(each.proposals[0].code if each.proposals else "", each.included_in) for each in found.procedures]
    assert first == [("29827", ""), ("29824", ""), ("29822", "29824"), ("", "")]
    assert [[m.modifier for m in each.proposals[0].modifiers] for each in found.procedures[:2]] == [["RT"], ["RT"]]
    told = {each.code: each.status for each in found.diagnoses}
    assert told == {"M50.122": "valid", "K57": "heading", "M75.121": "proposed", "I10": "proposed"}
    assert {each.status for each in found.passed_over} == {"uncertain", "history"}
