import copy
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import made
import pytest

from cptref.claims.recognise import read
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError, ClaimLine

DX = ("K222", "R1310")


def parsed(text: str) -> list[Claim | ClaimError]:
    return list(read(io.BytesIO(text.encode())))


def eob(**changed: Any) -> dict[str, Any]:
    return {**copy.deepcopy(made.EOB), **changed}


def only(resource: dict[str, Any]) -> Claim:
    [claim] = parsed(json.dumps(resource))
    assert isinstance(claim, Claim), claim
    return claim


def item(**changed: Any) -> dict[str, Any]:
    return {**copy.deepcopy(made.EOB["item"][0]), **changed}


def test_an_explanation_of_benefits_by_hand() -> None:
    first = ClaimLine(
        "1", "43214", ("59", "GC"), Decimal(2), date(2026, 7, 2), "11", Decimal("13.39"), "2222222222", ("R1310",), 1
    )
    third = ClaimLine("3", "G0121", (), Decimal(1), date(2026, 7, 1), "", Decimal(10), "2222222222", DX, 3)
    assert only(eob()) == Claim("carrier-1", "practitioner", "Patient/leora", (first, third), without_code=("2",))


def test_however_resources_are_put_together() -> None:
    one, two = eob(), eob(id="carrier-2", resourceType="Claim", item=[item()])
    patient = {"resourceType": "Patient", "id": "leora", "name": [{"family": "ARROWSMITH"}]}
    entries = [{"resource": each} for each in (patient, one, two)]
    bundle = json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1)
    lines = "\n\n".join(json.dumps(each) for each in (patient, one, two)) + "\n"
    expected = [only(one), only(two)]
    assert parsed(bundle) == expected
    assert parsed(lines) == expected
    assert parsed(json.dumps(one, indent=2)) == expected[:1]
    assert parsed("\ufeff" + json.dumps(one)) == expected[:1]


def test_a_line_that_is_not_json_costs_no_other() -> None:
    good, bad = json.dumps(eob()), '{"resourceType": "Claim", "id"'
    for text, position in ((f"{good}\n{bad}\n{good}", "line 2"), (f"{bad}\n{good}", "line 1")):
        found = parsed(text)
        assert [each.position for each in found if isinstance(each, ClaimError)] == [position]
        assert sum(isinstance(each, Claim) for each in found) == text.count(good)


@pytest.mark.parametrize(
    ("codes", "setting"),
    [
        (["40", "OUTPATIENT", "professional"], "hospital"),
        (["institutional"], "hospital"),
        (["82", "DME"], "dme"),
        (["professional"], "practitioner"),
    ],
)
def test_settings(codes: list[str], setting: str) -> None:
    assert only(eob(type={"coding": [{"code": code} for code in codes]})).setting == setting


def test_of_a_hospital_s_claim_the_provider_is_the_hospital() -> None:
    claim = only(eob(type={"coding": [{"code": "institutional"}]}, provider={"identifier": {"value": "220135"}}))
    assert {(line.provider, line.place_of_service) for line in claim.lines} == {("220135", "")}


def test_names_of_stu3() -> None:
    old = item(service=item()["productOrService"], diagnosisLinkId=[1], careTeamLinkId=[1])
    for name in ("productOrService", "diagnosisSequence", "careTeamSequence"):
        del old[name]
    [line] = only(eob(item=[old])).lines
    assert (line.code, line.diagnoses, line.provider) == ("43214", ("K222",), "")


def test_details_are_lines_of_their_own() -> None:
    detail = {"sequence": 1, "productOrService": {"coding": [{"code": "43200"}]}, "subDetail": [
        {"sequence": 4, "productOrService": {"coding": [{"code": "76000"}]}}]}  # fmt: skip
    claim = only(eob(item=[item(detail=[detail])]))
    assert [(line.number, line.code, line.date.day) for line in claim.lines] == [
        ("1", "43214", 2), ("1.1", "43200", 2), ("1.1.4", "76000", 2)]  # fmt: skip


def test_items_of_one_sequence_are_numbered_anew() -> None:
    assert [line.number for line in only(eob(item=[item(), item()])).lines] == ["1", "2"]


@pytest.mark.parametrize(
    ("changed", "position", "reason"),
    [
        ({"item": [item(servicedPeriod={"start": "2026-07"})]}, "resource 1, item 1", "date: not a date"),
        ({"item": [item(quantity={"value": "x"})]}, "resource 1, item 1", "units: not a number"),
        ({"item": [item(diagnosisSequence=[3])]}, "resource 1, item 1", "diagnosisSequence: points to a diagnosis"),
        ({"item": []}, "resource 1", "no line has a CPT or HCPCS code"),
        ({"type": {"coding": [{"code": "pharmacy"}]}}, "resource 1", "a pharmacy, dental or other claim"),
        ({"status": "entered-in-error"}, "resource 1", "entered in error"),
    ],
)
def test_what_cannot_be_read(changed: dict[str, Any], position: str, reason: str) -> None:
    [error] = parsed(json.dumps(eob(**changed), indent=1))
    assert isinstance(error, ClaimError)
    assert (error.position, error.claim) == (position, "carrier-1")
    assert reason in error.reason


@pytest.mark.parametrize(
    "text",
    ['{"resourceType": "Patient"}', '{"resourceType": "Bundle"}', "[]", "{", '{"a": NaN}', "[" * 100_000, "<Claim/>"],
)
def test_a_file_without_a_claim(text: str) -> None:
    with pytest.raises(SourceError):
        parsed(text)


def test_values_of_other_types_than_they_should_be_end_in_an_error() -> None:
    def replaced(value: Any, by: Any) -> Iterator[Any]:
        """The value with each part of it, at any depth, replaced in turn."""
        yield by
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from ({**value, key: other} for other in replaced(inner, by))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from ([*value[:index], other, *value[index + 1 :]] for other in replaced(inner, by))

    for by in (None, 7, "x", [], {}, [None], {"coding": "x"}, True):
        for resource in replaced(made.EOB, by):
            try:
                parsed(json.dumps(resource))
            except SourceError:
                pass
