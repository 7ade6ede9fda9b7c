"""`price` over the bundled fee schedule and GPCI, and over releases: amounts, refusals, files, places."""

import csv
import io
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import fixtures as made
import pytest
from conftest import DAY, Run

from cptref import Reference
from cptref.data import Data
from cptref.errors import DataNotLoadedError, NotFoundError, SourceError, UsageError
from cptref.render.pages import document
from cptref.render.terminal import draw

Snapshot = Callable[[str, str], None]


def by_hand(
    work: str, pe: str, mp: str, factor: str = "33.4009", indices: tuple[str, str, str] = ("1", "1", "1")
) -> Decimal:
    """The formula of the RVU document: each RVU times its index, the sum times the factor, rounded once."""
    total = sum((Decimal(v) * Decimal(i) for v, i in zip((work, pe, mp), indices, strict=True)), Decimal(0))
    return (total * Decimal(factor)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_one_code_is_priced_in_both_settings(reference: Reference) -> None:
    here, there = reference.price("99213", as_of=DAY)
    assert (here.setting, there.setting) == ("nonfacility", "facility")
    assert here.amount == by_hand("1.30", "1.46", "0.09") == Decimal("95.19")
    assert there.amount == by_hand("1.30", "0.33", "0.09")
    assert here.nonparticipating == Decimal("90.43")  # 95 %
    assert here.limiting_charge == Decimal("104.00")  # 109.25 %
    assert [step.step for step in here.steps] == [
        "work", "practice_expense", "malpractice", "sum", "conversion_factor", "rounding",
    ]  # fmt: skip


def test_a_locality_by_number_name_state_and_mac(reference: Reference) -> None:
    # 01182-18, Los Angeles: 1.041, 1.183 and 0.664 in GPCI2026.csv.
    expected = by_hand("2.63", "66.62", "0.39", indices=("1.041", "1.183", "0.664"))
    for text in ("01182-18", "1182 18", "0118218", "los angeles-long beach-anaheim"):
        [line] = reference.price("31243", locality=text, place_of_service="11", as_of=DAY)
        assert (line.mac, line.locality, line.amount) == ("01182", "18", expected), text
    assert reference.price("31243", locality="AL", facility=True, as_of=DAY)[0].mac == "10112"
    assert reference.price("31243", locality="10112", facility=True, as_of=DAY)[0].locality == "00"


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"locality": "01182"}, UsageError, "MAC 01182 is more than one locality"),
        ({"locality": "CA"}, UsageError, "locality 'CA' is more than one locality"),
        ({"locality": "99999-01"}, NotFoundError, "there is no locality 99999-01"),
        ({"locality": "atlantis"}, NotFoundError, "there is no locality 'atlantis'"),
        ({"locality": ""}, NotFoundError, "there is no locality ''"),
        ({"zip_code": "90210"}, DataNotLoadedError, "no release of ZIP codes"),
        ({"zip_code": "9021"}, UsageError, "not a ZIP code"),
        ({"zip_code": "90210", "locality": "CA"}, UsageError, "both say where"),
        ({"place_of_service": "98"}, UsageError, "place of service '98' is none"),
        ({"place_of_service": "05"}, UsageError, "is not used to pay Medicare claims"),
        ({"place_of_service": "11", "facility": True}, UsageError, "is nonfacility"),
        ({"units": 0}, UsageError, "0 units"),
        ({"units": -1}, UsageError, "-1 units"),
        ({"qualifying": True}, DataNotLoadedError, "no release of fee schedule qp"),
        ({"as_of": "2020-01-01"}, DataNotLoadedError, "no release of fee schedule for 2020-01-01 is loaded"),
    ],
)
def test_what_cannot_be_asked(
    reference: Reference, asked: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        reference.price("31243", **{"as_of": DAY, **asked})  # type: ignore[arg-type]


def test_what_is_not_paid_has_a_reason_and_no_amount(reference: Reference) -> None:
    for code, outcome, words in (
        ("97010", "not_paid", "status B"),
        ("J0171", "not_paid", "fee schedule RVU26C does not list J0171"),
    ):
        line = reference.price(code, as_of=DAY)[0]
        assert (line.amount, line.outcome) == (None, outcome), code
        assert words in (line.reason or ""), code
    answer = reference.price("99213-26-TC", as_of=DAY)
    assert answer[0].amount is None
    assert "exclude each other" in (answer[0].reason or "")


def test_the_lines_of_a_claim_are_adjusted_and_added_up(reference: Reference) -> None:
    # The example of IOM 100-04 ch. 12 §40.6, by today's fees: the second endoscopy less the base code's fee.
    answer = reference.price("45385", "45380", facility=True, as_of=DAY)
    fee = {code: reference.price(code, facility=True, as_of=DAY)[0] for code in ("45385", "45380", "45378")}
    unrounded = {
        code: next(step.amount for step in line.steps if step.step == "conversion_factor") for code, line in fee.items()
    }
    amounts = [line.amount for line in answer]
    assert amounts[0] == fee["45385"].amount
    assert amounts[1] == (unrounded["45380"] - unrounded["45378"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert answer.total == sum(amounts)
    assert answer.titles.keys() == {"45385", "45380"}
    mixed = reference.price("45385", "97010", facility=True, as_of=DAY)
    assert mixed.total is None


def test_the_amount_of_one_who_does_not_participate(reference: Reference) -> None:
    for basis, expected in (("nonparticipating", "54.58"), ("limiting_charge", "62.76")):
        [line] = reference.price("99213", facility=True, basis=basis, as_of=DAY)
        assert line.amount == Decimal(expected)
        assert line.steps[-1].step == basis


def test_a_whole_fee_schedule(reference: Reference) -> None:
    rows = {(row.code, row.modifier): row for row in reference.fee_schedule(locality="01182-18", as_of=DAY)}
    [line] = reference.price("71250-TC", locality="01182-18", facility=False, as_of=DAY)
    assert rows["71250", "TC"].nonfacility_amount == line.amount
    assert rows["71250", "TC"].nonfacility_limiting_charge == line.limiting_charge
    assert rows["97010", ""].nonfacility_amount is None
    assert "status B" in rows["97010", ""].reason
    assert "bundled for the codes of the catalog only" in reference.fee_schedule(as_of=DAY).warnings[0]


def test_where_a_code_pays_most(reference: Reference) -> None:
    found = reference.price_by_locality("31243", as_of=DAY).data
    amounts = [price.nonfacility_amount for price in found.prices]
    assert len(amounts) == 109
    assert amounts == sorted(amounts, reverse=True)  # type: ignore[type-var]
    with pytest.raises(NotFoundError, match="has no amount: status B"):
        reference.price_by_locality("97010", as_of=DAY)
    with pytest.raises(DataNotLoadedError, match="of 99999 no fee schedule is loaded"):
        reference.price_by_locality("99999", as_of=DAY)


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    """A home with two fee schedules, one for qualifying participants, ZIP codes and anesthesia factors of the year."""
    title = "Relative Value File July Release"
    april = made.PFS.data.replace(title.encode(), title.replace("July", "April").encode())
    zeros = b",0.00,0.00,0.00"
    anesthesia = b"00520,,our words,J,,0.00,0.00,,0.00," + zeros + b",9,XXX" + zeros + b",9,9,9,9,9,9,,33.4009,09,0,99"
    files = {
        "PPRRVU2026_APR_nonQPP.csv": april.replace(b"3.32,1.22,NA,1.22,,0.50,5.04", b"3.00,1.22,NA,1.22,,0.50,4.72"),
        "PPRRVU2026_JUL_nonQPP.csv": made.PFS.data + anesthesia + zeros + b"\r\n",
        "PPRRVU2026_JUL_QPP.csv": made.PFS.data.replace(b"33.4009", b"33.5675"),
        "ZIP5.txt": made.ZIP_TXT.replace(b"20254", b"20263"),
        "ZIP9.txt": made.ZIP9_TXT.replace(b"20254", b"20263"),
        "ANES2026.csv": made.ANES_CSV,
    }  # fmt: skip
    data = Data(tmp_path / "home")
    data.accept_licence()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    results = data.import_paths([tmp_path / name for name in files])
    assert {result.outcome for result in results} == {"imported"}
    return tmp_path / "home"


def test_a_zip_code_that_five_digits_do_not_decide(fees: Path) -> None:
    with Reference(fees) as reference:
        [line] = reference.price("43214", zip_code="99501", facility=True, as_of="2026-08-01")
        assert (line.mac, line.locality) == ("02102", "01")
        with pytest.raises(UsageError, match="ZIP 20812 lies in more than one locality"):
            reference.price("43214", zip_code="20812", as_of="2026-08-01")
        with pytest.raises(NotFoundError, match="no locality is known for ZIP 20812-0009"):
            reference.price("43214", zip_code="20812-0009", as_of="2026-08-01")
        for digits, mac in (("20812-0001", "12302"), ("208120002", "12202")):
            [line] = reference.price("43214", zip_code=digits, facility=True, as_of="2026-08-01")
            assert line.mac == mac
        with pytest.raises(NotFoundError, match="no locality is known for ZIP 00000"):
            reference.price("43214", zip_code="00000", as_of="2026-08-01")


def test_the_factor_of_qualifying_participants(fees: Path) -> None:
    with Reference(fees) as reference:
        [line] = reference.price("43214", facility=True, qualifying=True, as_of="2026-08-01")
        assert line.amount == by_hand("3.32", "1.22", "0.50", "33.5675")


def test_what_a_code_paid_over_the_releases(fees: Path) -> None:
    with Reference(fees) as reference:
        found = reference.price_history("43214", as_of="2026-08-01").data
        assert [(p.release, p.facility_amount) for p in found.prices] == [  # type: ignore[union-attr]
            ("RVU26B", by_hand("3.00", "1.22", "0.50")),
            ("RVU26C", by_hand("3.32", "1.22", "0.50")),
        ]
        assert len(reference.price_history("43214", as_of="2026-05-01").data.prices) == 1
        with pytest.raises(NotFoundError):
            reference.price_history("99999", as_of="2026-08-01")


def test_anesthesia_needs_base_units_minutes_and_a_locality(fees: Path) -> None:
    with Reference(fees) as reference:
        # (6 + 62 / 15 = 4.1) x 19.31 in Alabama; QK pays half.
        asked = {"locality": "AL", "minutes": 62, "base_units": 6, "facility": True, "as_of": "2026-08-01"}
        assert reference.price("00520-AA", **asked)[0].amount == Decimal("195.03")  # type: ignore[arg-type]
        assert reference.price("00520-QK", **asked)[0].amount == Decimal("97.52")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="paid by locality"):
            reference.price("00520-AA", minutes=62, base_units=6, as_of="2026-08-01")
        with pytest.raises(UsageError, match="base units and minutes are needed"):
            reference.price("00520-AA", locality="AL", minutes=62, as_of="2026-08-01")
        with pytest.raises(DataNotLoadedError, match="no anesthesia factor of 01182-18 is loaded"):
            reference.price("00520-AA", **{**asked, "locality": "01182-18"})  # type: ignore[arg-type]


def test_indices_of_another_year_are_refused(fees: Path, tmp_path: Path) -> None:
    next_year = made.PFS.data.replace(b"2026 National", b"2027 National").replace(b"July Release", b"January Release")
    (tmp_path / "PPRRVU2027_JAN.csv").write_bytes(next_year)
    Data(fees).import_paths([tmp_path / "PPRRVU2027_JAN.csv"])
    with Reference(fees) as reference:
        with pytest.raises(DataNotLoadedError, match="no GPCI for RVU27A are loaded: those of RVU26B end 2026-12-31"):
            reference.price("43214", locality="AL", as_of="2027-02-01")
        assert reference.price("43214", as_of="2027-02-01")[0].amount is not None  # the nation needs none


LINES = """\
\ufeffCode,Mod,Locality,Place of service,Units,Date,Expected,Claim id
99213,,01182-18,11,1,2026-08-01,100.00,A1
71250,26,,22,1,2026-08-01,"$1,000.00",A2

45385,,"=A1",22,1,2026-08-01,1,A3
99213,26 TC,01182-18,11,1,2026-08-01,,A4
99213,,1182,11,1,2026-08-01,,A5
99213,,,11,1.5,2026-08-01,,A6
99213,,,11,-1,2026-08-01,,A7
99213,,,11,1,2019-08-01,,A8
99213,,,11,1,08/01/2026,,A9
XX,,,11,1,2026-08-01,,A10
99213,,,11,1,2026-08-01,much,A11
99213,,,11,1,2026-08-01,1,A12,more
"""


def test_a_file_is_priced_line_by_line(reference: Reference) -> None:
    found = reference.price_file(io.BytesIO(LINES.encode()), as_of=DAY).data
    read = reference.price("71250-26", place_of_service="22", as_of="2026-08-01")[0].amount
    assert read is not None
    assert [(line.line, line.amount, line.difference) for line in found[:2]] == [
        (2, Decimal("104.89"), Decimal("-4.89")),
        (3, read, Decimal("1000.00") - read),
    ]
    assert [(line.line, line.reason) for line in found[2:]] == [
        (5, "a formula in 'locality', not its value"),
        (6, "26 and TC exclude each other; the whole service has neither"),
        (7, "MAC 01182 is more than one locality"),
        (8, "units are whole, not 1.5"),
        (9, "-1 units"),
        (10, "no release of fee schedule for 2019-08-01 is loaded"),
        (11, "not a date: '08/01/2026'"),
        (12, "not a procedure code: 'XX'"),
        (13, "not an amount: 'much'"),
        (14, "1 columns more than the header has"),
    ]
    assert all(line.amount is None for line in found[2:])


def test_a_file_of_another_shape_is_refused(reference: Reference) -> None:
    for text, words in (
        ("a,b\n1,2\n", "no column 'code'"),
        ("code,code\n1,2\n", "two columns 'code'"),
        ("", "no column"),
    ):
        with pytest.raises(SourceError, match=words):
            reference.price_file(io.BytesIO(text.encode()))


def test_the_command_on_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(LINES, encoding="utf-8")
    done = run("price", "--file", str(path), "--format", "csv", "--as-of", DAY)
    assert done.returncode == 1
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0])[:8] == ["Code", "Mod", "Locality", "Place of service", "Units", "Date", "Expected", "Claim id"]
    assert rows[0]["amount"] == "104.89"
    assert rows[2]["Locality"] == "'=A1"  # no spreadsheet computes it
    assert len(rows) == 12
    same = run("price", "--file", "-", "--format", "csv", "--as-of", DAY, input=LINES)
    assert same.stdout == done.stdout
    absent = run("price", "--file", str(tmp_path / "absent.csv"))
    assert (absent.returncode, absent.stderr.count("\n")) == (2, 1)


def test_the_command(run: Run) -> None:
    done = run("price", "99213", "--json", "--as-of", DAY)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert "total" not in told
    line = told["data"][0]
    assert {"code", "modifiers", "units", "mac", "locality", "setting", "amount", "steps"} <= line.keys()
    assert line["amount"] == "95.19"
    assert line["steps"][-1] == {"step": "rounding", "detail": "rounded once, half up: 95.19", "amount": "95.19"}
    claim = json.loads(run("price", "45385", "45380", "--facility", "--json", "--as-of", DAY).stdout)
    assert claim["total"] == str(sum(Decimal(line["amount"]) for line in claim["data"]))
    assert run("price", "97010", "--as-of", DAY).returncode == 1
    assert run("price", "99213", "--as-of", "2020-01-01").returncode == 3
    assert run("price").returncode == 2
    assert run("price", "99213", "--all").returncode == 2
    assert run("price", "99213", "--nonpar", "--limiting-charge").returncode == 2
    assert run("price", "99213", "31243", "--by-locality").returncode == 2
    many = run("price", "--all", "--locality", "01182-18", "--format", "csv", "--as-of", DAY).stdout
    assert many.startswith("code,modifier,status,mac,locality,nonfacility_amount,")
    assert "highest 10 and the lowest 10" in run("price", "31243", "--by-locality", "--as-of", DAY).stdout


@pytest.mark.parametrize(
    ("name", "codes", "asked"),
    [
        ("price-31243-80.txt", ("31243",), {"locality": "01182-18"}),
        ("price-claim-80.txt", ("45385", "45380", "43239-59"), {"facility": True}),
        ("price-71250-80.txt", ("71250",), {"facility": False}),
    ],
)
def test_the_table(
    reference: Reference, snapshot: Snapshot, name: str, codes: tuple[str, ...], asked: dict[str, object]
) -> None:
    drawn = io.StringIO()
    draw(document(reference.price(*codes, as_of=DAY, **asked)), drawn)  # type: ignore[arg-type]
    snapshot(name, drawn.getvalue())


def test_the_plot_of_a_history(fees: Path, run: Run) -> None:
    drawn = run("price", "43214", "--history", "--as-of", "2026-08-01", CPTREF_HOME=str(fees)).stdout
    assert "2026-04-01" in drawn
    assert "US dollars" in drawn
    assert "\N{BOX DRAWINGS LIGHT VERTICAL}" in drawn
