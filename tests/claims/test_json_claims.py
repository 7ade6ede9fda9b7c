import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cptref.claims.recognise import read
from cptref.model.claim import Claim, ClaimError, ClaimLine

DAY = date(2026, 7, 15)
CLAIM = {
    "claim": "A1",
    "setting": "hospital",
    "beneficiary": "LEORA",
    "bill_type": 131,
    "date": "2026-07-15",
    "diagnoses": ["K22.2"],
    "lines": [
        {
            "line": 1,
            "code": "43214",
            "modifiers": ["59", "GC"],
            "units": 2,
            "charge": 13.39,
            "batch": 7,
            "rate": 1.5,
            "who": {"a": [None]},
        },
        {"code": "43200-59", "date": "7/16/2026", "provider": "2222222222", "diagnoses": "R13.10"},
    ],
}
EXPECTED = Claim(
    "A1",
    "hospital",
    "LEORA",
    (
        ClaimLine(
            "1",
            "43214",
            ("59", "GC"),
            Decimal(2),
            DAY,
            "",
            Decimal("13.39"),
            "",
            ("K222",),
            1,
            (("batch", "7"), ("rate", "1.5"), ("who", '{"a": [null]}')),
        ),
        ClaimLine("2", "43200", ("59",), Decimal(1), date(2026, 7, 16), "", None, "2222222222", ("R1310",), 2),
    ),
    "131",
)


def parsed(document: Any) -> list[Claim | ClaimError]:
    return list(read(io.BytesIO(json.dumps(document).encode())))


def test_a_claim_by_hand() -> None:
    assert parsed(CLAIM) == [EXPECTED]


def test_a_list_and_the_envelope_of_json() -> None:
    other = {**CLAIM, "claim": "A2"}
    for document in ([CLAIM, other], {"schema": "cptref/1", "command": "check", "data": [CLAIM, other]}):
        assert parsed(document) == [EXPECTED, EXPECTED._replace(id="A2")]


def test_a_claim_to_a_line_is_numbered_if_it_has_no_number() -> None:
    text = json.dumps({**CLAIM, "claim": None}) + "\n"
    found = list(read(io.BytesIO((text * 2).encode())))
    assert found == [EXPECTED._replace(id="1"), EXPECTED._replace(id="2")]


@pytest.mark.parametrize(
    ("document", "position", "reason"),
    [
        (7, "line 1", "is needed"),
        ({"lines": "43214"}, "line 1", "is needed"),
        ([{"code": "43214"}], "line 1, claim 1", "is needed"),
        ({**CLAIM, "lines": [7]}, "line 1, line 1", "not an object"),
        ({**CLAIM, "lines": [{"code": ["43214"]}]}, "line 1, line 1", "code: not text or a number"),
        ({**CLAIM, "lines": [{"code": "43214", "cpt": "43214"}]}, "line 1, line 1", "code is given twice"),
        ({**CLAIM, "lines": [{"code": "43214", "units": True}]}, "line 1, line 1", "units: not text or a number"),
        ({**CLAIM, "lines": [{"code": "43214", "units": 1e300}]}, "line 1, line 1", "units: not a number"),
        ({**CLAIM, "setting": "clinic"}, "line 1", "setting: not one of"),
        ({"claim": "A", "lines": [{"code": "43214"}]}, "line 1, line 1", "no date of service"),
    ],
)
def test_what_is_no_claim(document: Any, position: str, reason: str) -> None:
    if document == 7:
        document = [7]
        position = "line 1, claim 1"
    [error] = parsed(document)
    assert isinstance(error, ClaimError)
    assert error.position == position
    assert reason in error.reason
