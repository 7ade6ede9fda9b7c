"""What statements tell outright: words near each other, plainly told; words that the note has, or must not have."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.notes.phrases import tokens
from cptref.notes.tellings import Said, Telling, Tellings
from cptref.sources.catalog_schema import TellingsEntry
from cptref.sources.tellings import row

RULES = TellingsEntry(
    words={"given": "injected|given|IM"},
    rules={
        "one": {
            "46221": ["band column", "hemorrhoid* rubber ligation"],
            "45385": ["snare|snared polyp @ colonoscop*"],
            "45378": ["colonoscopy"],
            "31500": ["intubated !! anesthesia"],
            "51703": ["catheter stiff ! removed"],
            "J3301": ["kenalog $given"],
            "91122": ["=ARM balloon"],
            "97597-97598": ["wound selective"],
            "64488": ["TAP block"],
        }
    },
)


@pytest.fixture(scope="module")
def few() -> Tellings:
    return Tellings(json.loads(row(RULES).entries))


def told(tellings: Tellings, *statements: str) -> list[list[str]]:
    """What statements tell; one that begins with `no ` is not plainly told, one with `# ` is none of procedures."""
    note = []
    for text in statements:
        words = tokens(text.removeprefix("# "))
        plain = [not text.startswith("no ")] * len(words)
        note.append(Said(words, plain, of_procedures=not text.startswith("# "), of_now=True))
    return [[each.codes for each in found] for found in tellings.read(note)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RP column banded", ["46221"]),
        ("Bands were placed on the left column", ["46221"]),
        ("no column banded", []),
        ("# column banded", []),
        ("band " + "very " * 12 + "far from the column", []),
        ("Ligation of a hemorrhoidal bundle with a rubber ring", ["46221"]),
        ("stiff catheter", ["51703"]),
        ("stiff catheter removed", []),
        ("Kenalog 40 mg IM", ["J3301"]),
        ("kenalog im", []),  # two letters in capitals are meant as they are written
        ("ARM with balloon", ["91122"]),
        ("arm balloon", []),
        ("TAP block", ["64488"]),
        ("tap block", ["64488"]),
        ("tape block", []),
        ("selective debridement of the wound", ["97597-97598"]),
        ("colonoscopy", ["45378"]),
        ("", []),
    ],
)
def test_a_statement(few: Tellings, text: str, codes: list[str]) -> None:
    assert told(few, text) == [codes]


def test_words_that_the_note_has_elsewhere(few: Tellings) -> None:
    assert told(few, "The polyp was snared") == [[]]
    assert told(few, "Colonoscopy", "The polyp was snared") == [["45378"], ["45385"]]
    assert told(few, "# Colonoscope", "The polyp was snared") == [[], ["45385"]]
    assert told(few, "no colonoscopy", "The polyp was snared") == [[], []]


def test_words_that_the_note_must_not_tell(few: Tellings) -> None:
    assert told(few, "He was intubated") == [["31500"]]
    assert told(few, "He was intubated", "# General anesthesia") == [[], []]
    assert told(few, "He was intubated", "no anesthesia") == [["31500"], []]


def test_a_word_that_is_denied_does_not_speak_against_a_rule(few: Tellings) -> None:
    words = tokens("stiff catheter, no wire removed")
    [found] = few.read([Said(words, [True, True, False, False, False], of_procedures=True, of_now=True)])
    assert [each.codes for each in found] == ["51703"]


def test_more_words_tell_better_than_some_of_them(few: Tellings) -> None:
    assert told(few, "Colonoscopy, the polyp was snared") == [["45378", "45385"]]
    both = TellingsEntry(words={}, rules={"a": {"45378": ["colonoscopy"], "45385": ["colonoscopy snare"]}})
    assert told(Tellings(json.loads(row(both).entries)), "colonoscopy with snare") == [["45385"]]


def test_a_drug_does_not_stand_for_the_procedure_that_gives_it() -> None:
    rules = TellingsEntry(words={}, rules={"a": {"11900": ["keloid injected"], "J3301": ["keloid injected kenalog"]}})
    assert told(Tellings(json.loads(row(rules).entries)), "keloid injected, Kenalog") == [["11900", "J3301"]]


def test_two_words_of_a_rule_are_two_words_of_a_statement() -> None:
    twice = TellingsEntry(words={}, rules={"a": {"99999": ["station stations"]}})
    assert told(Tellings(json.loads(row(twice).entries)), "station", "stations of a station") == [[], ["99999"]]


def test_a_telling_has_its_range_and_its_words(few: Tellings) -> None:
    words = tokens("the wound, selective debridement")
    [[found]] = few.read([Said(words, [True] * len(words), of_procedures=True, of_now=True)])
    assert found == Telling("97597-97598", (1, 2))
    assert found.ends == ("97597", "97598")


@given(st.lists(st.text(alphabet="abdnop ckeg.ARM40 snaredcolumn", max_size=60), max_size=4))
def test_any_text_can_be_read(few: Tellings, texts: list[str]) -> None:
    note = [Said(w, [True] * len(w), of_procedures=True, of_now=True) for w in map(tokens, texts)]
    for said, found in zip(note, few.read(note), strict=True):
        for each in found:
            assert list(each.at) == sorted(set(each.at))
            assert 0 <= each.at[0] <= each.at[-1] < len(said.words)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RP column banded with the suction ligator, internal hemorrhoids", "46221"),
        ("Right radial arterial line placed, good waveform", "36620"),
        ("Tdap 0.5 mL IM left deltoid given", "90715"),
        ("Zio patch applied today, 14 days", "93246"),
        ("Bilateral L4-5 laminectomy with medial facetectomy and foraminotomies for stenosis", "63047"),
        ("Phenol applied to the nail matrix, right hallux", "11750"),
    ],
)
def test_the_rules_know_how_notes_are_written(tellings: Tellings, text: str, codes: str) -> None:
    assert codes in told(tellings, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "The patient was placed supine and the abdomen was prepped and draped",
        "General endotracheal anesthesia was induced and the patient was intubated by the anesthesiologist",
        "Fascia was closed with 0 Vicryl and the skin with 4-0 Monocryl",
        "Sponge and needle counts were correct",
        "Risks, benefits and alternatives were discussed and consent was signed",
        "She was taken to recovery in stable condition",
    ],
)
def test_the_rules_leave_steps_of_operations_alone(tellings: Tellings, text: str) -> None:
    assert told(tellings, text) == [[]]
