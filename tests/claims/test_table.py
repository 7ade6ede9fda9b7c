import csv
import io
from datetime import date
from decimal import Decimal

import made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.claims.lines import NONE, Defaults
from cptref.claims.recognise import read
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError, ClaimLine

DAY = date(2026, 7, 1)


def parsed(text: str | bytes, defaults: Defaults = NONE) -> list[Claim | ClaimError]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), defaults))


def codes(text: str, defaults: Defaults = NONE) -> list[list[str]]:
    found = parsed(text, defaults)
    assert all(isinstance(each, Claim) for each in found), found
    return [[line.code for line in each.lines] for each in found if isinstance(each, Claim)]


def test_a_table_by_hand() -> None:
    dx, doctor = ("K222", "R1310"), "2222222222"
    assert parsed(made.CSV) == [
        Claim(
            "A1",
            "practitioner",
            "LEORA",
            (
                ClaimLine(
                    "1", "43214", (), Decimal(1), DAY, "11", Decimal("250.00"), doctor, dx, 2, (("Batch", "7"),)
                ),
                ClaimLine(
                    "2", "43200", ("59", "GC"), Decimal(2), DAY, "11", Decimal("1100.50"), doctor, (), 3,
                    (("Batch", "7"),),
                ),
            ),
        ),
        Claim(
            "B2",
            "practitioner",
            "CLIF",
            (
                ClaimLine(
                    "1", "43214", ("59",), Decimal(1), date(2026, 7, 2), "02", None, doctor, (), 4, (("Batch", "8"),)
                ),
            ),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + made.CSV.encode(),
        made.CSV.encode("utf-16"),
        made.CSV.encode("utf-16-be"),
        made.CSV.encode("utf-16-le"),
        made.CSV.replace("\n", "\r\n").encode(),
        made.CSV.replace("\n", "\r").encode(),
        made.CSV.replace("\n", "\n\n").replace("Claim", "\n\nClaim", 1).encode(),
        made.CSV.replace("$1,100.50", "1100.50").replace(",", "\t").encode(),
        made.CSV.replace("$1,100.50", "1100.50").replace(",", ";").encode(),
        made.CSV.rstrip("\n").encode(),
    ],
    ids=["bom", "utf-16", "utf-16-be", "utf-16-le", "crlf", "cr", "blank lines", "tabs", "semicolons", "no end"],
)
def test_however_it_is_written(data: bytes) -> None:
    def lines(found: list[Claim | ClaimError]) -> list[list[ClaimLine]]:
        return [[line._replace(position=0) for line in each.lines] for each in found if isinstance(each, Claim)]

    assert lines(parsed(data)) == lines(parsed(made.CSV))


def test_windows_1252_beside_utf_8() -> None:
    [claim] = parsed(b"claim,code,date,note\nA,43214,2026-07-01,caf\xe9 \xc3\xa9\n")
    assert isinstance(claim, Claim)
    assert claim.lines[0].extra == (("note", "café é"),)


@pytest.mark.parametrize(
    ("code", "modifiers", "expected"),
    [
        ("4321459", "", ("59",)),
        ("43214-59", "", ("59",)),
        ("43214 59 LT", "", ("59", "LT")),
        ("4321459LT", "", ("59", "LT")),
        ("43214-59", "59", ("59",)),
        ("43214-59", "GC", ("59", "GC")),
        ("43214", "59-LT", ("59", "LT")),
        ("43214", '"59,LT"', ("59", "LT")),
        ("43214", "59lt", ("59", "LT")),
    ],
)
def test_modifiers_wherever_they_stand(code: str, modifiers: str, expected: tuple[str, ...]) -> None:
    [claim] = parsed(f"code,date,modifiers\n{code},2026-07-01,{modifiers}\n")
    assert isinstance(claim, Claim)
    assert (claim.lines[0].code, claim.lines[0].modifiers) == ("43214", expected)


def test_columns_in_any_order_and_under_their_other_names() -> None:
    [claim] = parsed("DOS,mod2,Mod 1,CPT,pos,Setting\n20260701,GC,59,0441t,22,Hospital\n")
    assert claim == Claim(
        "1", "hospital", "", (ClaimLine("1", "0441T", ("59", "GC"), Decimal(1), DAY, "22", position=2),)
    )


@pytest.mark.parametrize("text", ["0", "-1", "0.5", "1.0", ".25"])
def test_units_that_are_numbers_are_for_the_rules_to_judge(text: str) -> None:
    [claim] = parsed(f"code,date,units\n43214,2026-07-01,{text}\n")
    assert isinstance(claim, Claim)
    assert claim.lines[0].units == Decimal(text)


@pytest.mark.parametrize(
    ("header", "cells", "reason"),
    [
        ("units", "two", "units: not a number"),
        ("units", "NaN", "units: not a number"),
        ("units", "1e3", "units: not a number"),
        ("units", "٣", "units: not a number"),
        ("charge", "1.234,50", "charge: not an amount of dollars"),
        ("charge", "1,23", "charge: not an amount of dollars"),
        ("pos", "office", "place_of_service: not a place of service of two digits"),
        ("modifiers", "599", "modifiers: not modifiers of two characters each"),
        ("diagnoses", "chest pain", "diagnoses: not diagnosis codes"),
        ("setting", "clinic", "setting: not one of practitioner, hospital, dme"),
    ],
)
def test_a_cell_that_is_not_what_its_column_is(header: str, cells: str, reason: str) -> None:
    text = f'claim,code,date,{header}\nA,43214,2026-07-01,"{cells}"\nB,43214,2026-07-01,\n'
    error, claim = parsed(text)
    assert error == ClaimError("line 2", reason, "A")
    assert isinstance(claim, Claim)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,43214,2026-13-01", "date: not a date such as 2026-07-15, 20260715 or 7/15/2026"),
        ("A,43214,2026-02-30", "date: not a date such as 2026-07-15, 20260715 or 7/15/2026"),
        ("A,43214,7/1/26", "date: not a date such as 2026-07-15, 20260715 or 7/15/2026"),
        ("A,43214,", "no date of service"),
        ("A,9921,2026-07-01", "code: not a CPT or HCPCS code (leading zeros lost?)"),
        ("A,432145,2026-07-01", "code: not a CPT or HCPCS code"),
        ("A,,2026-07-01", "no line has a CPT or HCPCS code"),
        (",43214,2026-07-01", "claim: empty"),
        ("A,43214,2026-07-01,x", "more cells than the 3 columns of the header"),
    ],
)
def test_a_row_that_cannot_be_read(row: str, reason: str) -> None:
    error, claim = parsed(f"claim,code,date\n{row}\nB,43200,2026-07-01\n")
    assert isinstance(error, ClaimError)
    assert (error.position, error.reason) == ("line 2", reason)
    assert isinstance(claim, Claim)


def test_all_bad_rows_of_a_claim_are_told_and_the_claim_is_not_given() -> None:
    found = parsed("claim,code,date\nA,43214,2026-07-01\nA,43214,x\nA,y,2026-07-01\n")
    assert [(each.position, each.claim) for each in found if isinstance(each, ClaimError)] == [
        ("line 3", "A"),
        ("line 4", "A"),
    ]
    assert len(found) == 2


def test_a_claim_that_comes_again_is_an_error() -> None:
    found = parsed("claim,code,date\nA,43214,2026-07-01\nB,43214,2026-07-01\nA,43200,2026-07-01\nC,43200,2026-07-01\n")
    assert [each.id for each in found if isinstance(each, Claim)] == ["A", "B", "C"]
    [error] = [each for each in found if isinstance(each, ClaimError)]
    assert (error.position, error.claim) == ("line 4", "A")
    assert "sort the file" in error.reason


def test_without_claims_beneficiary_date_and_provider_make_one() -> None:
    rows = ["L,43214,2026-07-01,1", "L,43200,2026-07-01,1", "L,43200,2026-07-02,1", "M,43200,2026-07-02,1"]
    assert codes("beneficiary,code,date,provider\n" + "\n".join(rows)) == [["43214", "43200"], ["43200"], ["43200"]]
    found = parsed("beneficiary,code,date,provider\n" + "\n".join([*rows, rows[0]]))
    assert [each.id for each in found if isinstance(each, Claim)] == ["1", "2", "3"]
    assert isinstance(found[3], ClaimError)
    assert found[3].claim == "4"


def test_without_claims_and_beneficiaries_the_file_is_one_claim() -> None:
    assert codes("code,date\n43214,2026-07-01\n43200,2026-07-02\n") == [["43214", "43200"]]


def test_defaults_stand_in_for_columns() -> None:
    [claim] = parsed("code\n43214\n", Defaults(DAY, "22", "hospital"))
    assert claim == Claim("1", "hospital", "", (ClaimLine("1", "43214", (), Decimal(1), DAY, "22", position=2),))


def test_lines_of_one_number_are_numbered_anew() -> None:
    [claim] = parsed("line,code,date\n1,43214,2026-07-01\n1,43200,2026-07-01\n")
    assert isinstance(claim, Claim)
    assert [line.number for line in claim.lines] == ["1", "2"]


def test_a_hospital_s_line_may_have_no_code_and_a_practitioner_s_may_not() -> None:
    text = "claim,line,code,date,setting\nA,1,85025,2026-07-01,{0}\nA,2,,2026-07-01,{0}\n"
    [claim] = parsed(text.format("hospital"))
    assert isinstance(claim, Claim)
    assert ([line.number for line in claim.lines], claim.without_code) == (["1"], ("2",))
    assert parsed(text.format("")) == [ClaimError("line 2", "a line has no code", "A")]


def test_rows_of_a_claim_with_two_beneficiaries_are_an_error_that_names_neither() -> None:
    [error] = parsed("claim,code,date,beneficiary\nA,43214,2026-07-01,LEORA\nA,43214,2026-07-01,CLIF\n")
    assert isinstance(error, ClaimError)
    assert error.position == "line 3"
    assert "LEORA" not in repr(error)
    assert "CLIF" not in repr(error)


def test_cells_missing_at_the_end_are_empty() -> None:
    assert codes("claim,code,date,charge,note\nA,43214,2026-07-01\n") == [["43214"]]


def test_a_quotation_mark_that_never_ends_costs_the_claims_beside_it_only() -> None:
    rows = "A,43214,2026-07-01\nB,43214,2026-07-01\n"
    found = parsed(f'claim,code,date\n{rows}C,"43214"x,2026-07-01\nD,43214,2026-07-01\nE,43214,2026-07-01\n')
    assert [each.id for each in found if isinstance(each, Claim)] == ["A", "E"]
    errors = [each for each in found if isinstance(each, ClaimError)]
    assert [(each.position, each.claim) for each in errors] == [("line 4", "B"), ("line 5", "D")]
    found = parsed(f'claim,code,date\n{rows}C,"43214,2026-07-01\nD,43214,2026-07-01\n')
    assert [each.id for each in found if isinstance(each, Claim)] == ["A"]
    assert found[1] == ClaimError("line 5", "not csv: unexpected end of data", "B")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("HCPCS/CPT Code,MUE Value\n1,2\n", "names no column code and date"),
        ("code,cpt,date\n43214,43214,2026-07-01\n", "two columns are the code of a line"),
        ("claim,code\nA,43214\n", "names no column date"),
        ("claim,code,date\n", "no claim in it"),
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ('"claim,code', "unexpected end of data"),
    ],
)
def test_a_file_that_is_no_table_of_claims(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parsed(text)


def test_ten_thousand_lines_in_a_claim() -> None:
    text = "claim,code,date\n" + "A,43214,2026-07-01\n" * 10_000
    [claim] = parsed(text)
    assert isinstance(claim, Claim)
    assert claim.lines[-1].number == "10000"


def test_neither_beneficiary_nor_unknown_columns_are_in_a_repr() -> None:
    shown = repr(parsed("claim,code,date,beneficiary,name\nA,43214,2026-07-01,B123,ARROWSMITH\n"))
    assert "43214" in shown
    assert "B123" not in shown
    assert "ARROWSMITH" not in shown


line = st.builds(
    ClaimLine,
    number=st.just(""),
    code=st.from_regex(r"[0-9]{5}|[0-9]{4}T|G[0-9]{4}", fullmatch=True),
    modifiers=st.lists(st.from_regex(r"[A-Z0-9]{2}", fullmatch=True), max_size=4).map(tuple),
    units=st.decimals(0, 999, places=2),
    date=st.dates(),
    place_of_service=st.sampled_from(["", "02", "11"]),
    charge=st.none() | st.decimals(0, 99999, places=2),
    provider=st.sampled_from(["", "2222222222"]),
    diagnoses=st.lists(st.from_regex(r"[A-Z][0-9]{2,6}", fullmatch=True), max_size=12).map(tuple),
    extra=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])).map(lambda text: (("Note", text),)),
)
claims = st.lists(
    st.builds(
        Claim,
        id=st.from_regex(r"[A-Za-z0-9]{1,8}", fullmatch=True),
        setting=st.sampled_from(["practitioner", "hospital", "dme"]),
        beneficiary=st.sampled_from(["", "L,EORA", 'C"LIF']),
        lines=st.lists(line, min_size=1, max_size=4).map(tuple),
        bill_type=st.sampled_from(["", "131"]),
        without_code=st.just(()),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda claim: claim.id,
)


@given(claims, st.sampled_from([",", "\t", ";"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_written_is_read(claims: list[Claim], delimiter: str, encoding: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow("claim setting beneficiary bill_type line code modifiers units date place_of_service charge "
                    "provider diagnoses Note".split())  # fmt: skip
    expected, row = [], 1
    for claim in claims:
        lines = []
        for number, each in enumerate(claim.lines, start=1):
            row += 1
            lines.append(each._replace(number=str(number), position=row))
            codes = (" ".join(each.modifiers), " ".join(each.diagnoses))
            of_claim = (claim.id, claim.setting, claim.beneficiary, claim.bill_type, number, each.code, codes[0])
            of_line = (each.units, each.date, each.place_of_service, each.charge, each.provider, codes[1])
            writer.writerow((*of_claim, *of_line, each.extra[0][1]))
        expected.append(claim._replace(lines=tuple(lines)))
    assert parsed(file.getvalue().encode(encoding)) == expected
