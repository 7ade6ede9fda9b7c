from datetime import date
from decimal import Decimal

import pytest

from cptref.claims.typed import typed
from cptref.errors import UsageError
from cptref.model.claim import Claim, ClaimLine

DAY = date(2026, 7, 15)


def test_codes_as_they_are_typed() -> None:
    assert typed(["43214", "43200-59", "g0121-gc-xu=3", "76000 26, 99213"], DAY, "22") == Claim(
        "1",
        "practitioner",
        "",
        (
            ClaimLine("1", "43214", (), Decimal(1), DAY, "22", position=1),
            ClaimLine("2", "43200", ("59",), Decimal(1), DAY, "22", position=2),
            ClaimLine("3", "G0121", ("GC", "XU"), Decimal(3), DAY, "22", position=3),
            ClaimLine("4", "76000", ("26",), Decimal(1), DAY, "22", position=4),
            ClaimLine("5", "99213", (), Decimal(1), DAY, "22", position=5),
        ),
    )


@pytest.mark.parametrize("codes", [[], [" "], ["4321"], ["43214-5"], ["43214=x"], ["43214="], ["=2"]])
def test_what_is_no_claim(codes: list[str]) -> None:
    with pytest.raises(UsageError):
        typed(codes, DAY)


def test_what_is_no_place_or_setting() -> None:
    for place, setting in (("office", "practitioner"), ("11", "clinic")):
        with pytest.raises(UsageError):
            typed(["43214"], DAY, place, setting)
