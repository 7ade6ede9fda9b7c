import io
from datetime import date
from decimal import Decimal

import made
import pytest

from cptref.claims.recognise import read
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError, ClaimLine

DAY = date(2026, 7, 1)


def parsed(text: str) -> list[Claim | ClaimError]:
    return list(read(io.BytesIO(text.encode())))


def test_carrier_and_dme_claims_by_hand() -> None:
    first = ClaimLine("1", "43214", (), Decimal("1.0"), DAY, "11", Decimal("250.00"), "2222222222", ("R1310",), 2)
    second = ClaimLine(
        "2", "43200", ("59", "GC"), Decimal(2), DAY, "11", Decimal(100), "4444444444", ("K222", "R1310"), 3
    )
    bed = ClaimLine("1", "E0110", (), Decimal(1), date(2026, 7, 2), "12", Decimal(30), "2222222222", (), 5)
    assert parsed(made.RIF_CARRIER) == [
        Claim("-100", "practitioner", "-7", (first, second), "", ("3",)),
        Claim("-101", "dme", "-8", (bed,)),
    ]


def test_outpatient_claims_by_hand() -> None:
    line = ClaimLine(
        "1", "85025", ("59",), Decimal(1), date(2026, 7, 10), "", Decimal(50), "220135", (), 2,
        (("revenue_code", "0305"),),
    )  # fmt: skip
    assert parsed(made.RIF_OUTPATIENT) == [Claim("-200", "hospital", "-7", (line,), "131", ("2",))]


def test_a_row_that_cannot_be_read_costs_its_claim_only() -> None:
    for old, new, reason in (
        ("|E0110|", "|E0|", "code: not a CPT or HCPCS code"),
        ("|02-JUL-2026|", "|31-JUN-2026|", "date: not a date such as 2026-07-15, 20260715 or 7/15/2026"),
        ("|30|", "|30", "16 cells, where the header has 17"),
    ):
        claim, error = parsed(made.RIF_CARRIER.replace(old, new))
        assert isinstance(claim, Claim)
        assert error == ClaimError("line 5", reason, "-101")


def test_files_of_other_claims_are_refused() -> None:
    with pytest.raises(SourceError, match="no column LINE_NUM"):
        parsed("BENE_ID|CLM_ID|HCPCS_CD\n1|2|43214\n")
