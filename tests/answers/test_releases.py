"""What the answers take from imported releases of HCPCS, ASC and OPPS, from descriptors of one's own, and over time."""

from collections.abc import Iterator
from datetime import date

import fixtures as made
import pytest

from cptref import Reference
from cptref.data import Data
from cptref.errors import DataNotLoadedError, NotFoundError, UsageError


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """A home with our files of each kind, and the fee schedule of two quarters."""
    folder = tmp_path_factory.mktemp("releases")
    older = made.PFS.data.replace(b"Relative Value File July Release", b"Relative Value File January Release")
    older = older.replace(b"3.32,1.22,NA", b"3.11,1.22,NA").replace(b'71250,TC,"our words two"', b"")
    newer = made.PFS.data + b'0001U,,"our words, new",X,,' + made.PFS_2026_ROWS.split("\r\n")[1].encode()[27:] + b"\r\n"
    shipped = {
        "PPRRVU2026_JAN.csv": older,
        "PPRRVU2026_JUL.csv": newer,
        **{
            file.name: file.data
            for file in (made.MUE, made.ADD_ON, made.OPPS_A, made.OPPS_B, made.OPPS_D1, made.ASC, made.HCPCS,
                         made.PLACES, made.LONG, made.ICD, made.PTP, *made.PTP_REST)
        },
    }  # fmt: skip
    data = Data(folder / "home")
    data.accept_licence()
    for name, content in shipped.items():
        (folder / name).write_bytes(content)
    results = data.import_paths([folder / name for name in shipped])
    assert {result.outcome for result in results} == {"imported"}
    with Reference(folder / "home") as reference:
        yield reference


def test_a_code_that_only_the_hcpcs_file_has_is_answered(imported: Reference) -> None:
    page = imported.show("E0100", as_of="2025-12-01")
    assert page.title.startswith("A walking stick")
    assert page.payment["coverage"].value == "D"
    assert page.descriptors.short == "Our words, stick"
    assert page.descriptors_owner == "CMS"
    assert [(e.date, e.action, e.note) for e in page.history] == [
        (date(1986, 1, 1), "added", "Effective date in CMS's HCPCS file")
    ]
    assert imported.search("walking stick", as_of="2025-12-01").hits[0].code == "E0100"
    assert [code.code for code in imported.list("E01*", as_of="2025-12-01").codes] == ["E0100"]
    with pytest.raises(NotFoundError):  # the file is for a later quarter
        imported.show("E0100", as_of="2025-09-01")


def test_a_code_that_has_ended_is_said_to_have(imported: Reference) -> None:
    page = imported.show("C1234", as_of="2025-12-01")
    assert page.listing == "ended"
    assert page.history[-1].action == "deleted"


def test_modifiers_are_the_catalogs_and_those_of_the_hcpcs_file(imported: Reference, reference: Reference) -> None:
    bundled = {modifier.modifier for modifier in reference.all_modifiers()}
    every = {modifier.modifier: modifier.title for modifier in imported.all_modifiers(as_of="2025-12-01")}
    assert every.keys() == bundled | {"A1"}
    if "A1" not in bundled:
        assert every["A1"] == "Our words, modifier"


def test_the_asc_indicator_has_its_rate_and_cms_meaning(imported: Reference) -> None:
    paid = imported.show("43214", as_of="2020-08-01").payment["asc_payment"]
    assert paid == ("A2", "Ours: paid by weight.; 789.10 US dollars before wage adjustment")
    excluded = imported.show("33533", as_of="2020-08-01").payment["asc_payment"]
    assert excluded.value == "EE"
    assert "asc_payment" not in imported.show("43214", as_of="2020-06-01").payment


def test_explain_has_cms_words_beside_ours(imported: Reference) -> None:
    found = imported.explain("opps-status", "J1", as_of="2025-02-01")
    assert found.values[0].meaning.startswith("Comprehensive APC")
    assert found.texts == {"J1": "Ours: comprehensive; Further services / Paid once."}
    assert [source.kind for source in found.sources] == ["opps"]
    asc = imported.explain("asc-payment", as_of="2020-08-01")
    assert [(value.value, value.meaning) for value in asc.values] == [("A2", "Ours: paid by weight.")]


def test_the_users_own_descriptor_goes_before_cms_and_behind_the_catalog(imported: Reference) -> None:
    page = imported.show("31243", as_of="2026-08-01")
    assert page.descriptors.long == "our long words"
    assert page.descriptors_owner == "Copyright 2026 Somebody"
    assert page.title == "Freezing (cryoablation) of the posterior nasal nerve under a nasal endoscope"
    assert imported.show("27215", as_of="2026-08-01").title.startswith("[bold]our")


def test_history_tells_what_changed_between_releases(imported: Reference) -> None:
    told = {
        (event.date, event.action): event.note
        for event in imported.show("43214", as_of="2026-08-01", history=True).history
    }
    assert told[date(2026, 1, 1), "listed"] == "In fee schedule RVU26A, the earliest that is loaded"
    assert told[date(2026, 7, 1), "changed"] == ("fee schedule RVU26C, between RVU26A and it: work 3.11 to 3.32")
    assert told[date(2026, 4, 1), "listed"].startswith("In MUE 2026Q2")
    new = imported.show("0001U", as_of="2026-08-01", history=True).history
    assert [(event.action, event.note) for event in new] == [
        ("added", "New in fee schedule RVU26C, between RVU26A and it")
    ]
    # Before the second release nothing is known of it.
    early = imported.show("43214", as_of="2026-05-01", history=True).history
    assert "changed" not in {event.action for event in early}
    assert not any("RVU" in event.note for event in imported.show("43214", as_of="2026-08-01").history)


def test_history_has_when_an_add_on_follows_which_codes(imported: Reference) -> None:
    told = imported.show("43273", as_of="2026-05-01", history=True).history
    assert (date(2014, 1, 1), "add-on", "From this day it follows 43260") in [tuple(event) for event in told]


def test_places_of_an_imported_list_do_not_override_the_catalog(imported: Reference, reference: Reference) -> None:
    assert imported.explain("place-of-service").values == reference.explain("place-of-service").values


def test_diagnoses_are_found_by_code_and_by_words(imported: Reference) -> None:
    def found(text: str) -> list[tuple[str, str]]:
        return [(hit.code, hit.title) for hit in imported.search_icd(text, as_of="2026-08-01").hits]

    assert found("j31.0") == found("rhinitis chronic") == [("J31.0", "Chronic rhinitis")]
    assert found("A00") == [("A00", "Cholera (a heading, not a code to bill)"), ("A00.0", "Cholera in our words")]
    assert [code for code, _ in found('cholera OR "')] == ["A00.0", "A00"]  # billable codes first
    for text, error in (("", UsageError), ("nothing such", NotFoundError), ("Z99", NotFoundError)):
        with pytest.raises(error):
            imported.search_icd(text, as_of="2026-08-01")
    with pytest.raises(DataNotLoadedError, match="no release of ICD-10-CM"):
        imported.search_icd("J31.0", as_of="2025-09-30")


def test_completion_has_the_codes_of_the_releases(imported: Reference) -> None:
    assert imported.titles("2721") == {"27215": "[bold]our[/bold] long \x1b[31mwords"}
