"""Prices against CMS's own: every amount it published, every cap, every anesthesia factor.

What CMS paid is read here by itself, on purpose; RVUs and indices come through the readers.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from cptref.model.price import ServiceLine
from cptref.model.price_terms import FACILITY, NONFACILITY, PRICED
from cptref.model.rows import GpciRow, PfsRow, Reject
from cptref.pricing.adjustments import diagnostic
from cptref.pricing.claim import price_claim
from cptref.pricing.fee import cents, fee
from cptref.pricing.national import relative_value
from cptref.pricing.status import refusal
from cptref.sources import gpci, pprrvu
from cptref.sources.files import SourceFile

Place = tuple[str, str]
Row = TypeVar("Row", PfsRow, GpciRow)


class Release(NamedTuple):
    rows: dict[tuple[str, str], PfsRow]
    places: dict[Place, GpciRow]
    on: date

    def by_code(self) -> dict[str, dict[str, PfsRow]]:
        found: dict[str, dict[str, PfsRow]] = {}
        for (code, modifier), row in self.rows.items():
            found.setdefault(code, {})[modifier] = row
        return found


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(n for n in archive.namelist() if re.search(name, n)))


def read(path: Path, name: str, reader: Callable[[SourceFile], Iterator[Row | Reject]]) -> list[Row]:
    return [row for row in reader(SourceFile(name, member(path, name))) if not isinstance(row, Reject)]


def release(path: Path, on: date) -> Release:
    form = "csv" if on.year == 2025 else "txt"
    rows = {(row.code, row.modifier): row for row in read(path, rf"PPRRVU.*\.{form}", pprrvu.read)}
    places = {(place.mac, place.locality): place for place in read(path, r"GPCI.*\.csv", gpci.read)}
    assert len(places) == 109
    return Release(rows, places, on)


@pytest.fixture(scope="module")
def rvu25d(cms: Path) -> Release:
    return release(cms / "pfs" / "rvu25d.zip", date(2025, 10, 1))


@pytest.fixture(scope="module")
def rvu26b(cms: Path) -> Release:
    return release(cms / "pfs" / "rvu26b.zip", date(2026, 4, 1))


def published(path: Path) -> list[list[str]]:
    """The records of a PFREV file, whose layout is in the pdf beside it."""
    lines = member(path, r"PFREV.*\.txt$").decode("cp1252").splitlines()
    return [cells for cells in csv.reader(lines) if not cells[0].startswith("TRL")]


@pytest.mark.parametrize(
    ("name", "which", "records", "prices"),
    [("pfrev25d.zip", "rvu25d", 1_526, 763), ("PFREV26B_nonQP.zip", "rvu26b", 4_033, 4_033)],
)
def test_every_published_amount(
    cms: Path, request: pytest.FixtureRequest, name: str, which: str, records: int, prices: int
) -> None:
    priced: Release = request.getfixturevalue(which)
    rows = priced.by_code()
    found = published(cms / "published-payments" / name)
    assert len(found) == records
    told = set()
    for _, mac, locality, code, modifier, nonfacility, facility, *_ in found:
        modifiers = (modifier.strip(),) if modifier.strip() else ()
        told.add((mac, locality, code, modifiers))
        place = priced.places[mac, locality]
        for setting, amount in ((NONFACILITY, nonfacility), (FACILITY, facility)):
            [line] = price_claim([ServiceLine(code, modifiers, 1, setting, place)], rows, priced.on)
            assert line.amount == Decimal(amount), (mac, locality, code, modifier, setting, line)
    # pfrev25d has every record twice.
    assert len(told) == prices


def test_every_opps_cap_of_rvu25d(cms: Path, rvu25d: Release) -> None:
    text = member(cms / "pfs" / "rvu25d.zip", r"OPPSCAP.*\.csv").decode("cp1252")
    compared = {"capped": 0, "not capped": 0, "contractor": 0}
    twice = 0
    for code, modifier, status, mac, locality, facility, nonfacility in islice(csv.reader(io.StringIO(text)), 1, None):
        if not code:
            continue
        # Six localities of southern California stand there under the northern contractor too.
        twice += (mac, locality) not in rvu25d.places
        row = rvu25d.rows[code, modifier.strip()]
        place = rvu25d.places.get((mac, locality)) or rvu25d.places["01182", locality]
        assert status == row.status
        if status == "C" and not modifier.strip():
            # The row of a whole service that the contractor prices has no work; that of its reading has.
            row = row._replace(work=rvu25d.rows[code, "26"].work)
        for setting, amount in ((FACILITY, facility), (NONFACILITY, nonfacility)):
            found = fee(row, setting, place)
            # Of a code that the contractor prices, the file has the cap and no fee.
            allowed = found.cap if status == "C" else found.amount
            assert allowed is not None
            assert cents(allowed) == Decimal(amount), (code, modifier, mac, locality, setting)
            compared["contractor" if status == "C" else "capped" if found.is_capped else "not capped"] += 1
    assert twice == 840
    assert compared == {"capped": 13_340, "not capped": 0, "contractor": 18_860}


def test_a_whole_service_is_its_two_parts(rvu25d: Release, rvu26b: Release) -> None:
    parts = 0
    for priced in (rvu25d, rvu26b):
        for (code, modifier), row in priced.rows.items():
            if modifier == "TC" and refusal(fee(priced.rows[code, ""], NONFACILITY)) is None and row.status != "B":
                whole, technical = (fee(priced.rows[code, m], NONFACILITY) for m in ("", "TC"))
                assert whole.amount == technical.amount + fee(priced.rows[code, "26"], NONFACILITY).amount, code
                parts += 1
    assert parts == 1_654


def test_the_readings_of_whole_tests_are_their_work(rvu25d: Release, rvu26b: Release) -> None:
    """The professional codes of each whole test have its work RVUs, and what is over is a technical code's."""
    for priced in (rvu25d, rvu26b):
        whole = [row for row in priced.rows.values() if row.pctc == "4" and row.mult_proc == "6" and row.status == "A"]
        assert len(whole) == 8
        for row in whole:
            readings = [priced.rows[code, ""] for code in diagnostic.codes_needed(row.code)]
            assert {reading.pctc for reading in readings} == {"2"}
            assert sum(Decimal(reading.work) for reading in readings) == Decimal(row.work)
            over = Decimal(row.nonfacility_pe) - sum(Decimal(reading.nonfacility_pe) for reading in readings)
            assert over > 0


def test_every_row_has_a_price_or_a_reason(rvu26b: Release) -> None:
    rows = rvu26b.by_code()
    place = rvu26b.places["01182", "18"]
    outcomes: dict[str, int] = {}
    for code, modifier in rvu26b.rows:
        line = ServiceLine(code, (modifier,) if modifier else (), 1, FACILITY, place)
        [found] = price_claim([line], rows, rvu26b.on)
        assert (found.amount is None) == (found.outcome != PRICED) == (found.reason is not None)
        assert found.amount is None or found.amount > 0
        outcomes[found.outcome] = outcomes.get(found.outcome, 0) + 1
        national = relative_value(rvu26b.rows[code, modifier])
        assert (national.facility_amount is None) == (found.amount is None)
    assert outcomes == {"priced": 9_521, "not_paid": 7_162, "by_report": 2_318, "no_data": 276}
