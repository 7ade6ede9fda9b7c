"""Codes for notes, over the catalog: what is proposed, what is not, which modifiers, and what an edit includes.

The notes are made up; which codes are right is general knowledge of coding, and that 45378 is included in 45385 and
43239 in 43249 are PTP edits of the bundled release.
"""

from datetime import date

import pytest
from conftest import DAY
from hypothesis import given, settings
from hypothesis import strategies as st

from cptref import Reference
from cptref.errors import CptrefError, NotFoundError, SourceError, UsageError
from cptref.model.suggestion import Suggestions

PIECES = 'EGD biopsy no with and 1. PROCEDURE: : \n left * " ( ) 2.5 cm OR - K63.5 s/p'.split(" ")
ON_THE_DAY = "2024-09-01"  # the bundled PTP edits are in force

COLONOSCOPY = """\
PROCEDURE: Colonoscopy
INDICATION: Personal history of polyps. Status post CABG in 2015.
DESCRIPTION: The scope was advanced to the cecum.
In the ascending colon there was a 9 mm polyp. It was removed with a cold snare.
In the sigmoid colon there was a separate 3 mm polyp. It was taken with the cold biopsy forceps.
Argon plasma coagulation was not required and no dilation was done.
IMPRESSION: Polyps of the colon (K63.5). Possible colitis.
PLAN: Repeat colonoscopy in five years. Consider upper endoscopy with biopsy.
"""


def suggested(reference: Reference, text: str, day: str | None = DAY) -> Suggestions:
    found: Suggestions = reference.suggest(text, day).data
    return found


def billed(found: Suggestions) -> list[str]:
    """The first proposals that no other includes, with their modifiers."""
    return [
        "-".join((each.proposals[0].code, *(modifier.modifier for modifier in each.proposals[0].modifiers)))
        for each in found.procedures
        if each.proposals and not each.included_in
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("EGD with biopsy", ["43239"]),
        ("PROCEDURE: Bilateral nasal endoscopy with cryoablation of the posterior nasal nerve", ["31243"]),
        ("colonoscopy with snare polypectomy, no biopsy taken", ["45385"]),
        ("Colonoscopy without biopsy", ["45378"]),
        ("CT head without contrast", ["70450"]),
        ("MRI lumbar spine w/o contrast", ["72148"]),
        ("CT abdomen pelvis no contrast", ["74176"]),
        ("PROCEDURE: Frobnication of the left knee", []),
        ("R knee injected with 80 mg depo-medrol", ["20610-RT", "J1010"]),
        ("After informed consent, right knee injected with 40 mg Kenalog", ["20610-RT", "J3301"]),
        ("R TKA", ["27447-RT"]),
        ("PROCEDURE: Total knee arthroplasty, left", ["27447-LT"]),
        ("Bilateral endoscopic total ethmoidectomy", ["31255-50"]),
        ("Excised a 1.2 x 0.8 cm nevus of the left forearm with simple closure", ["11402"]),
        ("PROCEDURES: 1. Septoplasty. 2. Bilateral endoscopic maxillary antrostomy with removal of tissue.",
         ["30520", "31267-50"]),
        ("CT CHEST, ABDOMEN AND PELVIS WITH CONTRAST", ["74177", "71260"]),
        ("right knee injection, Kenalog 40 mg injected", ["20610-RT", "J3301"]),
        ("Nail plate of the left great toe avulsed", ["11730-TA"]),
        ("PROCEDURE: Excision of nevus of the back, 0.9 cm, with 2 mm margins", ["11402"]),
        ("PROCEDURE: Excision of nevus of the back, 0.9 cm, margins of 2 mm, excised diameter 1.0 cm", ["11401"]),
        ("Excision of nevus 1.1 cm right thigh and nevus 0.6 cm left forearm", ["11402", "11401"]),
        ("Two polyps at colonoscopy: hot snare 8 mm ascending, cold bx 3 mm rectum", ["45385", "45380-59"]),
        ("PROCEDURE: Carpal tunnel release, right", ["64721-RT"]),
        ("PROCEDURE:\n45385, 45380-59\nColonoscopy with snare", ["45385", "45380-59"]),
    ],
)  # fmt: skip
def test_codes_of_a_line(reference: Reference, text: str, codes: list[str]) -> None:
    assert sorted(billed(suggested(reference, text))) == sorted(codes)


def test_a_report_is_read_with_its_text(reference: Reference) -> None:
    found = suggested(reference, COLONOSCOPY, ON_THE_DAY)
    assert billed(found) == ["45385", "45380-59"]
    heading, snare, forceps = found.procedures
    assert heading.proposals[0].code == "45378"
    assert heading.included_in in ("45380", "45385")
    assert snare.lines == (4,)
    assert {"removed", "cold", "snare"} <= set(snare.proposals[0].words)
    [modifier] = forceps.proposals[0].modifiers
    assert modifier.reason == "other sites: ascending (line 4), sigmoid (line 5); Medicare also takes XS"
    assert [(each.line, each.status) for each in found.passed_over] == [
        (2, "history"), (6, "negated"), (7, "uncertain"), (8, "plan"), (8, "plan"),
    ]  # fmt: skip
    assert found.check is not None
    assert [(each.rule, each.outcome) for each in found.check.findings if each.rule == "ptp"] == [("ptp", "resolved")]


def test_at_one_site_an_edit_includes_one_in_the_other(reference: Reference) -> None:
    found = suggested(reference, COLONOSCOPY.replace("sigmoid", "ascending"), ON_THE_DAY)
    assert billed(found) == ["45385"]
    heading, included = (each for each in found.procedures if each.included_in)
    assert heading.proposals[0].code == "45378"
    assert (included.proposals[0].code, included.included_in) == ("45380", "45385")
    assert "45380 is not paid with 45385" in included.because
    assert "PTP edits 2024Q3" in included.because


@pytest.mark.parametrize(
    ("text", "codes", "told"),
    [
        ("PROCEDURE: Left L4-L5 and left L5-S1 transforaminal epidural steroid injection",
         {"64483", "64484"}, ""),
        ("PROCEDURE: Left L4-L5 and left L5-S1 TFESI", {"64483", "64484"}, ""),
        ("PROCEDURE: Left L4-L5 transforaminal epidural steroid injection", {"64483"}, ""),
        ("PROCEDURE: Mohs surgery of the nose, 2 stages", {"17311", "17312"}, ""),
        ("PROCEDURE: Selective sharp debridement of shin ulcer\nFibrin was curetted over 30 sq cm.",
         {"97597", "97598"}, "1 more by the 20 sq cm"),
    ],
)  # fmt: skip
def test_more_of_the_same_is_added(reference: Reference, text: str, codes: set[str], told: str) -> None:
    found = suggested(reference, text)
    first = [each.proposals[0] for each in found.procedures if each.proposals]
    assert {each.code for each in first} == codes
    assert told in " ".join(word for each in first for word in each.words)


def test_running_text_adds_what_guides_but_no_step_of_other_parts(reference: Reference) -> None:
    text = (
        "PROCEDURE: Left total knee arthroplasty\n\nDESCRIPTION: The polyp of the colon was removed with a cold snare "
    )
    text += "at colonoscopy. Ceftriaxone 1 g IM given."
    found = suggested(reference, text)
    assert "45385" not in billed(found)
    assert {"27447-LT"} <= set(billed(found))
    assert ("unmatched", 3) in [(each.status, each.line) for each in found.passed_over]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A/P: Actinic keratoses. Cryotherapy to 3 AKs performed today.", True),
        ("A/P: Actinic keratoses. Will need cryotherapy to 3 AKs.", False),
        ("Plan: Cryotherapy to 3 AKs next visit.", False),
        ("Allergies: none\n\nCryotherapy of 3 actinic keratoses on the scalp with liquid nitrogen.", True),
        ("Dx: L57.0\n\nThree actinic keratoses of the scalp were treated with liquid nitrogen in two cycles each.",
         True),
    ],
)  # fmt: skip
def test_what_was_done_is_read_wherever_it_stands(reference: Reference, text: str, codes: bool) -> None:
    found = suggested(reference, text)
    assert ("17000" in {each.proposals[0].code for each in found.procedures if each.proposals}) == codes


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No biopsy was taken", "negated"),
        ("Status post CABG", "history"),
        ("Mother had a mastectomy", "family"),
        ("Will schedule colonoscopy", "plan"),
        ("If margins are positive, biopsy", "conditional"),
    ],
)
def test_what_was_not_done_is_not_proposed(reference: Reference, text: str, status: str) -> None:
    found = suggested(reference, text)
    assert found.procedures == ()
    assert [each.status for each in found.passed_over] == [status]


def test_a_size_is_that_of_its_place(reference: Reference) -> None:
    one = "EXAM: 3 cm laceration of the scalp.\nPROCEDURE: Simple laceration repair"
    assert billed(suggested(reference, one)) == ["12002"]
    two = "EXAM: 3 cm laceration of the scalp.\nForehead: 2 cm laceration.\n\nRepair\n\n- Forehead closed in one layer."
    assert "12011" in billed(suggested(reference, two))
    layers = (
        "EXAM: R forearm 4.5 cm laceration.\nPROCEDURE: Laceration repair R forearm. Closed in two layers with nylon"
    )
    assert [each[:5] for each in billed(suggested(reference, layers))] == ["12032"]
    # Without one it is not told which code of the range it is.
    [untold] = suggested(reference, "PROCEDURE: Layered closure of laceration, left forearm").procedures
    assert untold.proposals[0].unsaid == ("which of 12031-12037",)
    assert untold.proposals[0].score < 1
    # The size of one listed procedure is not that of another.
    found = suggested(reference, "PROCEDURES: 1. Colonoscopy\n2. Excision of 1.2 cm nevus, left forearm")
    assert [each.proposals[0].unsaid for each in found.procedures] == [(), ()]


def test_the_date_of_the_note_is_the_date_of_service(reference: Reference) -> None:
    text = "DATE OF SERVICE: 09/01/2024\nPROCEDURE: EGD with biopsy"
    answer = reference.suggest(text)
    assert (answer.as_of, answer.day) == (date(2024, 9, 1), date(2024, 9, 1))
    assert reference.suggest(text, DAY).as_of == date.fromisoformat(DAY)


def test_codes_that_a_note_names_come_first(reference: Reference) -> None:
    answer = reference.suggest("PROCEDURE: Colonoscopy with biopsy, CPT 45378. CPT 45399.", DAY)
    assert [each.proposals[0].code for each in answer.procedures if each.proposals][:1] == ["45378"]
    assert any("names 45399, which no loaded release has" in warning for warning in answer.warnings)


def test_codes_alone_are_checked_too(reference: Reference) -> None:
    found = suggested(reference, "PROCEDURE: 45385, 45380, 10060-10061, 90210, 1234U", ON_THE_DAY)
    assert [each.proposals[0].code for each in found.procedures][:2] == ["45385", "45380"]
    assert [each.included_in for each in found.procedures if each.proposals[0].code == "45380"] == ["45385"]


def test_a_modifier_is_added_once(reference: Reference) -> None:
    text = (
        "PROCEDURES: 1. Colonoscopy with snare of cecum polyp. 2. Colonoscopy with hot biopsy forceps of sigmoid "
        "polyp. 3. Colonoscopy with cold biopsy of rectal polyp"
    )
    for each in suggested(reference, text, ON_THE_DAY).procedures:
        given = [modifier.modifier for proposal in each.proposals[:1] for modifier in proposal.modifiers]
        assert len(given) == len(set(given))


def test_where_only_the_catalog_is_loaded_it_says_so(reference: Reference) -> None:
    answer = reference.suggest("ORIF left distal radius fracture (S52.502A)", DAY)
    assert [each.proposals for each in answer.procedures] == [()]  # none, rather than that of another bone
    assert any("Only the catalog's" in warning for warning in answer.warnings)
    assert any("no release of ICD-10-CM" in warning for warning in answer.warnings)
    assert [(each.code, each.status) for each in answer.diagnoses] == [("S52.502A", "unchecked")]


def test_a_rule_for_a_code_that_is_not_loaded_proposes_none(reference: Reference) -> None:
    found = suggested(
        reference, "PROCEDURE: EGD with biopsy\nDESCRIPTION: Zio patch applied today, 14 days. IVUS of LAD performed."
    )
    assert billed(found) == ["43239"]
    assert [each.status for each in found.passed_over] == ["unmatched", "unmatched"]


def test_limit_and_setting(reference: Reference) -> None:
    text = "PROCEDURE: Upper endoscopy"
    assert len(reference.suggest(text, DAY, limit=1).procedures[0].proposals) == 1
    assert len(reference.suggest(text, DAY, limit=0).procedures[0].proposals) > 3
    assert reference.suggest(text, DAY, setting="hospital").check is not None
    for wrong in ({"limit": -1}, {"setting": "dme"}, {"place_of_service": "nowhere"}):
        with pytest.raises(UsageError):
            reference.suggest(text, DAY, **wrong)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("", UsageError, "empty"),
        (" \n\t", UsageError, "empty"),
        ("of the and with", NotFoundError, "no procedure and no diagnosis"),
        ("La paciente llegó con dolor", NotFoundError, "no procedure and no diagnosis"),
        ('AND OR NOT NEAR("x" *) ^ "', NotFoundError, "no procedure and no diagnosis"),
        ("\x00\x01biopsy", SourceError, "binary"),
        ("%PDF-1.7 biopsy", SourceError, "binary"),
        ("The polyp was removed. " * 10_000, SourceError, "more than 200,000 characters"),
    ],
)
def test_bad_input_has_a_clear_answer(reference: Reference, text: str, error: type[CptrefError], told: str) -> None:
    with pytest.raises(error, match=told):
        reference.suggest(text, DAY)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_any_text_has_an_answer_or_an_error_of_ours(reference: Reference, text: str) -> None:
    try:
        found = suggested(reference, text)
    except CptrefError:
        return
    lines = text.count("\n") + 1
    assert all(1 <= line <= lines for each in found.procedures for line in each.lines)
