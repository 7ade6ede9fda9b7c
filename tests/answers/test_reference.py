"""The answers over the bundled catalog, as a program gets them."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal

import pytest
from conftest import DAY

from cptref import CptrefError, Reference
from cptref.errors import DataNotLoadedError, NotFoundError, UsageError
from cptref.rules.modifiers import RULES


def test_show_has_the_attributes_of_the_page(reference: Reference) -> None:
    page = reference.show("31243", as_of=DAY)
    assert page.code == page[0].code == "31243"
    assert page.payment["bilat_surg"].value == "2"
    assert page.payment["endo_base"].value == "31231"
    assert page.rvu[0].nonfacility_amount == Decimal("2326.04")
    assert [(m.setting, m.value, m.mai) for m in page.mue] == [("practitioner", 1, "2"), ("hospital", 1, "2")]
    assert page.conflicts == (6, 0, 2, False)
    assert {m.modifier: m.allowed for m in page.modifiers}["50"] == "no"


def test_31243_freezes_and_31242_heats(reference: Reference) -> None:
    cold, heat = reference.show("31243", "31242", as_of=DAY)
    assert "cryoablation" in cold.title
    assert "radiofrequency" not in cold.title
    assert "radiofrequency" in heat.title
    assert "cryoablation" not in heat.title


def test_several_codes_and_those_that_do_not_exist(reference: Reference) -> None:
    answer = reference.show("43214", "99999", "31243-50", "43214", as_of=DAY)
    assert [page.code for page in answer] == ["43214", "31243"]
    assert [error.message[:5] for error in answer.missing] == ["99999"]


def test_one_that_is_no_code_does_not_hide_the_others(reference: Reference) -> None:
    answer = reference.show("43214", "nonsense", as_of=DAY)
    assert [page.code for page in answer] == ["43214"]
    assert [error.exit_status for error in answer.missing] == [2]


def test_an_unknown_code_tells_its_neighbours_and_how_to_load_all(reference: Reference) -> None:
    with pytest.raises(NotFoundError) as caught:
        reference.show("43219")
    assert "824 codes" in caught.value.message
    assert "43217" in caught.value.hint
    assert "43220" in caught.value.hint
    assert "cptref data import" in caught.value.hint


def test_43214_has_every_edit_of_2024q3(reference: Reference) -> None:
    edits = reference.conflicts("43214", as_of="2024-09-01").edits
    ptp = [edit for edit in edits if edit.kind == "ptp"]
    assert sum(edit.column_one == "43214" for edit in ptp) == 255
    assert sum(edit.column_two == "43214" for edit in ptp) == 74
    assert all(edit.effective is None and edit.denied == edit.column_two for edit in ptp)
    others = {(e.column_one, e.column_two) for e in edits if e.kind == "guideline"}
    assert others == {("43214", other) for other in ("43197", "43198", "43200", "74360", "76000")}


def test_the_edit_of_a_pair(reference: Reference) -> None:
    [edit] = [e for e in reference.conflicts("43200", "43214", as_of="2024-09-01").edits if e.kind == "ptp"]
    assert (edit.column_one, edit.column_two, edit.denied, edit.bypass) == ("43214", "43200", "43200", "no")


def test_hospital_edits_differ_from_practitioners(reference: Reference) -> None:
    # In 2024 Q3 the pair has indicator 0 for practitioners and 1 for outpatient hospitals.
    found = {
        setting: [
            e.bypass
            for e in reference.conflicts("92014", "92004", setting=setting, as_of="2024-09-01").edits
            if e.kind == "ptp"
        ]
        for setting in ("practitioner", "hospital")
    }
    assert found == {"practitioner": ["no"], "hospital": ["with_modifier"]}


def test_edits_bundled_in_part_are_said_to_be(reference: Reference) -> None:
    def part(*codes: str) -> bool:
        answer = reference.conflicts(*codes, as_of="2024-09-01")
        said = any("bundled in part" in warning for warning in answer.warnings)
        assert said == (not answer.complete)
        return said

    assert part("99213")
    assert reference.show("99213", as_of=DAY).conflicts.partial
    assert not part("43214")
    assert not reference.show("43214", as_of=DAY).conflicts.partial
    # A pair is complete where one of the two is, or where both are in the catalog.
    assert not part("43214", "00520")
    assert not part("99213", "20610")
    assert part("99213", "00520")


def test_a_code_outside_the_catalog_has_only_some_edits(reference: Reference) -> None:
    answer = reference.conflicts("43280", as_of="2024-09-01")
    assert "only its edits with a few codes" in answer.warnings[0]


def test_no_edit_is_an_answer_only_where_all_edits_are_known(reference: Reference) -> None:
    assert reference.conflicts("31243", "G0008", as_of="2024-09-01").complete
    assert not reference.conflicts("31243", "G0008", as_of="2026-09-01").complete
    assert not reference.conflicts("43280", "00520", as_of="2024-09-01").complete


def test_conflicts_beside_a_code_are_only_with_it(reference: Reference) -> None:
    pairs = {
        frozenset((edit.column_one, edit.column_two))
        for edit in reference.conflicts("43200", "76000", beside=["43214"], as_of="2024-09-01").edits
    }
    assert pairs == {frozenset(("43200", "43214")), frozenset(("76000", "43214"))}


def test_a_typed_modifier_is_not_passed_over(reference: Reference) -> None:
    assert any("Not considered: 59" in w for w in reference.conflicts("43214-59", "43200", as_of=DAY).warnings)
    answer = reference.modifiers("31243-50", as_of=DAY)
    assert (answer.typed, answer.modifiers[0].modifier) == (("50",), "50")


def test_modifiers_without_a_fee_schedule_are_not_answered(reference: Reference) -> None:
    with pytest.raises(DataNotLoadedError):
        reference.modifiers("31243", as_of="2020-01-01")
    with pytest.raises(DataNotLoadedError, match="does not list E0601"):
        reference.modifiers("E0601", as_of=DAY)


@pytest.mark.parametrize(
    ("code", "day", "listing"),
    [
        ("31243", "2026-07-15", "listed"),
        ("31243", "2020-01-01", "no_release"),
        ("J0171", "2026-07-15", "ended"),
        ("0441T", "2010-01-01", "not_yet"),
        ("E0601", "2026-07-15", "not_listed"),
    ],
)
def test_why_a_code_has_no_status(reference: Reference, code: str, day: str, listing: str) -> None:
    assert reference.show(code, as_of=day).listing == listing


def test_an_mue_that_is_not_published_is_told_from_one_that_is_not_loaded(reference: Reference) -> None:
    assert reference.show("31243", as_of="2026-05-01").mue_unpublished == ("dme",)
    assert reference.show("31243", as_of="2020-01-01").mue_unpublished == ()


def test_notes_on_add_on_codes_are_kept(reference: Reference) -> None:
    assert reference.show("96366", as_of="2026-05-01").add_on.notes["96360"] == "96360 (Practitioner Only)"
    assert reference.show("99292", as_of="2026-05-01").add_on.contractor_defined is False


def test_counts_are_unknown_where_no_edits_are_loaded(reference: Reference) -> None:
    assert reference.show("31243", as_of="2020-01-01").conflicts == (None, None, 2, True)


def test_a_date_before_the_releases_is_not_answered_from_them(reference: Reference) -> None:
    page = reference.show("31243", as_of="2020-01-01")
    assert page.description
    assert page.rvu == ()
    assert page.payment.keys() <= {"rbcs"}
    assert any("No fee schedule release for 2020-01-01" in warning for warning in page.warnings)
    with pytest.raises(DataNotLoadedError) as caught:
        reference.conflicts("43214", as_of="2020-01-01")
    assert caught.value.exit_status == 3
    assert "cptref data import" in caught.value.hint


def test_a_date_after_the_releases_is_answered_with_a_warning(reference: Reference) -> None:
    answer = reference.show("31243", as_of="2030-01-01")
    assert answer.rvu
    assert any(
        "For 2030-01-01 nothing newer is loaded than fee schedule RVU26C (2026-09-30)" in w for w in answer.warnings
    )
    assert answer.sources[0].release == "RVU26C"


def test_history_is_what_is_known(reference: Reference) -> None:
    events = reference.show("0441T", as_of=DAY).history
    assert [(event.date, event.action) for event in events] == [
        (date(2016, 7, 1), "added"), (date(2017, 1, 1), "published"),
    ]  # fmt: skip
    assert reference.show("0441T", as_of="2016-12-31").history[-1].date == date(2016, 7, 1)


def test_add_on_relations_on_both_sides(reference: Reference) -> None:
    add_on = reference.show("99292", as_of="2026-05-01").add_on
    assert add_on.is_add_on
    assert "99291" in add_on.primaries
    primary = reference.show("99291", as_of="2026-05-01").add_on
    assert not primary.is_add_on
    assert "99292" in primary.add_ons
    assert reference.show("31243", as_of=DAY).add_on is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("freeze nerve nose", "31243"),
        ("43214", "43214"),
        ("posterior nasal nerve cryotherapy", "31243"),
        ("stomach scope with biopsy", "43239"),
        ("EGD biopsy", "43239"),
        ("colonoscopy snare polyp", "45385"),
        ("screening mammogram", "77067"),
        ("flu shot administration medicare", "G0008"),
        ("critical care first hour", "99291"),
        ("total knee replacement", "27447"),
        ("cryoblation prostate", "55873"),
    ],
)
def test_search_puts_the_code_first(reference: Reference, text: str, first: str) -> None:
    assert reference.search(text, as_of=DAY).hits[0].code == first


def test_search_cryoablation_finds_every_cryoablation_code(reference: Reference) -> None:
    found = {hit.code for hit in reference.search("cryoablation", limit=0).hits}
    assert found >= set(
        "0440T 0441T 0442T 31243 17340 19105 20983 32994 47371 47381 47383 50250 50542 50593 55873 0581T 46916 54056 "
        "57511 58356 G0571 66720 67141 67101 93656".split()
    )
    # Heat only, or cold that merely protects.
    assert not found & {"31242", "20982", "47382", "50592", "32998", "0672T", "0881T"}


def test_search_by_forms_beginnings_and_typos(reference: Reference) -> None:
    assert reference.search("cryoablat").total == reference.search("cryoablation").total
    assert reference.search("freezing nerves").total == reference.search("freeze nerve").total
    typo = reference.search("cryoblation")
    assert typo.total == reference.search("cryoablation").total
    assert "searched for cryoablation" in typo.warnings[0]


def test_search_by_number_and_range(reference: Reference) -> None:
    assert [hit.code for hit in reference.search("0440t-0442t").hits] == ["0440T", "0441T", "0442T"]
    assert all(hit.code.startswith("432") for hit in reference.search("432").hits)
    assert reference.search("43214 balloon").hits[0].code == "43214"


@pytest.mark.parametrize(
    "text", ['"', "a AND", "NEAR(", "title:x*", "(", "nose'; DROP TABLE code", "^a", "{title}", "-", "nose -nerve"]
)
def test_full_text_operators_are_only_text(reference: Reference, text: str) -> None:
    try:
        reference.search(text)
    except NotFoundError:
        pass


def test_search_filters(reference: Reference) -> None:
    every = reference.search("endoscopy", limit=0)
    radiology = reference.search("endoscopy", limit=0, section="radiology")
    assert 0 < radiology.total < every.total
    assert all(reference.show(h.code, as_of=DAY).section == "radiology" for h in radiology.hits)
    assert all(h.code[-1] == "T" for h in reference.search("cryoablation", limit=0, level="CPT III").hits)
    assert {
        reference.show(h.code).payment["status"].value for h in reference.search("cryoablation", status="C").hits
    } == {"C"}
    with pytest.raises(NotFoundError, match="with these filters"):
        reference.search("cryoablation", section="radiology", level="hcpcs ii")
    with pytest.raises(UsageError, match="no section 'nonsense'"):
        reference.search("cryoablation", section="nonsense")
    assert reference.search("visit", global_days="0").total == reference.search("visit", global_days="000").total
    with pytest.raises(DataNotLoadedError):
        reference.search("cryoablation", status="C", as_of="2020-01-01")


def test_search_tells_words_that_nothing_has(reference: Reference) -> None:
    assert "Nothing has: qqzz." in reference.search("qqzz cryoablation").warnings
    with pytest.raises(NotFoundError, match="43219"):
        reference.search("43219")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2000])
def test_search_for_nothing_or_too_much(reference: Reference, text: str) -> None:
    with pytest.raises(UsageError):
        reference.search(text)


def test_search_that_finds_nothing(reference: Reference) -> None:
    with pytest.raises(NotFoundError):
        reference.search("qqqqzzzz")


def test_list(reference: Reference) -> None:
    egd = reference.list("egd", as_of=DAY)
    assert {"43233", "43270"} <= {code.code for code in egd.codes}
    assert egd.codes[0].facility_total is not None
    assert [code.code for code in reference.list("43213-43215").codes] == ["43213", "43214", "43215"]
    assert reference.list("all").total >= 400
    with pytest.raises(NotFoundError, match="no range, family or section"):
        reference.list("nosuch")


@pytest.mark.parametrize("field", ["mult-proc", "mult_proc", "MULT-PROC", "Multiple procedure", "mult"])
def test_explain_by_any_name(reference: Reference, field: str) -> None:
    [value] = reference.explain(field, "3").values
    assert "ndoscop" in value.meaning


def test_explain_finds_values_without_leading_zeros_and_refuses_others(reference: Reference) -> None:
    assert reference.explain("global-days", "90").values[0].value == "090"
    assert reference.explain("global-days", "0").values[0].value == "000"
    assert reference.explain("Co-surgeons", "2").values
    assert "facility rate" in reference.explain("place-of-service", "22").values[0].consequence
    with pytest.raises(NotFoundError, match="are not listed"):
        reference.explain("apc", "5302")
    with pytest.raises(NotFoundError, match="has no value '5'"):
        reference.explain("bilat-surg", "5")
    with pytest.raises(NotFoundError, match="no indicator"):
        reference.explain("nonsense")


def test_modifiers_of_43214(reference: Reference) -> None:
    verdicts = {m.modifier: m for m in reference.modifiers("43214", as_of=DAY).modifiers}
    assert {m: verdicts[m].allowed for m in ("50", "26", "TC", "62", "66", "80", "82", "25", "59")} == {
        "50": "no", "26": "no", "TC": "no", "62": "no", "66": "no", "80": "no", "82": "no", "25": "no",
        "59": "conditional",
    }  # fmt: skip
    assert verdicts["59"].reason == "may bypass 200 of 329 edits, if the services were distinct"


def test_a_code_that_medicare_does_not_pay_is_said_to_be(reference: Reference) -> None:
    assert any("does not pay 99242 (status I)" in w for w in reference.modifiers("99242", as_of=DAY).warnings)
    assert not any("does not pay" in w for w in reference.modifiers("43214", as_of=DAY).warnings)


def test_every_modifier_of_the_catalog_has_a_rule(reference: Reference) -> None:
    assert {modifier.rule for modifier in reference.all_modifiers()} == set(RULES)


def test_the_ncci_associated_modifiers(reference: Reference) -> None:
    # NCCI Policy Manual ch. I, E
    expected = set(
        "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI".split()
    )
    expected |= set("24 25 57 58 78 79 27 59 91 XE XS XP XU".split())
    assert {m.modifier for m in reference.all_modifiers() if m.ncci_associated} == expected


def test_a_date_may_be_a_date_or_its_text(reference: Reference) -> None:
    assert reference.show("31243", as_of=date(2026, 7, 15)).as_of == reference.show("31243", as_of=DAY).as_of
    assert reference.show("31243", as_of=datetime(2026, 7, 15, 12)).as_of == date(2026, 7, 15)  # noqa: DTZ001
    for text in ("07/15/2026", "20260715", "2026-W29-3", "2026-02-30", ""):
        with pytest.raises(UsageError, match="not a date"):
            reference.show("31243", as_of=text)


def test_answers_can_be_pickled_and_compared(reference: Reference) -> None:
    answer = reference.show("31243", as_of=DAY)
    again = pickle.loads(pickle.dumps(answer))  # noqa: S301
    assert again.data == answer.data
    assert again.sources == answer.sources


def test_an_answer_is_no_sequence_unless_its_data_is(reference: Reference) -> None:
    with pytest.raises(TypeError, match="not a sequence"):
        len(reference.search("cryoablation"))
    with pytest.raises(AttributeError):
        reference.show("31243").nothing_of_the_kind  # noqa: B018


def test_threads_share_a_reference(reference: Reference) -> None:
    codes = ["31243", "43214", "0441T", "99213"] * 10
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda code: reference.show(code, as_of=DAY).code, codes))
    assert found == codes


def test_every_code_of_the_catalog_has_a_page(reference: Reference) -> None:
    for listed in reference.list("all").codes:
        page = reference.show(listed.code, as_of=DAY)
        assert page.title
        assert page.description
        assert all("no meaning is recorded" not in item.meaning for item in page.payment.values()), listed.code


def test_nothing_given(reference: Reference) -> None:
    with pytest.raises(CptrefError):
        reference.show()
