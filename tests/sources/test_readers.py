"""Each reader on a file in CMS's format, and on anything at all."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import fixtures as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.errors import SourceError
from cptref.model.rows import AddOnRow, MueRow, OppsRow, PfsRow, PtpRow, RbcsRow, Reject
from cptref.sources import (
    add_on,
    addendum,
    anes,
    asc,
    descriptors,
    gpci,
    hcpcs,
    icd,
    locco,
    mue,
    oppscap,
    places,
    pprrvu,
    ptp,
    rbcs,
    zips,
)
from cptref.sources.files import SourceFile
from cptref.sources.kinds import recognise as recognise_any
from cptref.sources.kinds import release
from cptref.sources.naming import Quarter, quarter_in


def test_pprrvu_finds_columns_by_their_stacked_header() -> None:
    first, second, third = pprrvu.read(made.PFS)
    assert first == PfsRow(
        code="43214", modifier="", status="A", not_used="", work="3.32", nonfacility_pe="1.22", nonfacility_na="NA",
        facility_pe="1.22", facility_na="", mp="0.50", nonfacility_total="5.04", facility_total="5.04", pctc="0",
        global_days="000", preoperative="0.00", intraoperative="0.00", postoperative="0.00", mult_proc="3",
        bilat_surg="0", asst_surg="1", co_surg="0", team_surg="0", endo_base="43200", conversion_factor="33.4009",
        supervision="09", imaging_family="99", opps_nonfacility_pe="0.00", opps_facility_pe="0.00", opps_mp="0.00",
    )  # fmt: skip
    assert isinstance(second, PfsRow)
    assert (second.modifier, second.facility_na, second.opps_nonfacility_pe) == ("TC", "NA", "3.18")
    assert isinstance(third, PfsRow)
    assert (third.not_used, third.preoperative, third.intraoperative, third.postoperative) == (
        "+",
        "0.10",
        "0.69",
        "0.21",
    )


def test_pprrvu_without_the_pricing_column_of_2026_gives_the_same() -> None:
    lines = [
        line.split(",") for line in made.PFS_2026_HEAD.replace('"A notice, with a comma"', "A notice").split("\r\n")
    ]
    older = "\r\n".join(",".join(cells[:23] + cells[24:]) for cells in lines if len(cells) > 1) + "\r\n"
    row = made.PFS_2026_ROWS.split("\r\n")[1].split(",")
    older += ",".join(row[:23] + row[24:]) + "\r\n"
    [found] = pprrvu.read(SourceFile("PPRRVU25.csv", older.encode()))
    assert found == list(pprrvu.read(made.PFS))[1]


def test_pprrvu_text_gives_the_rows_of_the_csv() -> None:
    assert pprrvu.recognise(made.PFS_TEXT)
    assert list(pprrvu.read(made.PFS_TEXT)) == list(pprrvu.read(made.PFS))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("3.32", "abc", "not a number in 'work': 'abc'"),
        ("43214,", "4321,", "not a code: '4321'"),
        ("71250,TC", "71250,ZZ", "unknown modifier 'ZZ'"),
    ],
)
def test_pprrvu_rejects_a_line_with_its_number(old: str, new: str, reason: str) -> None:
    text = made.PFS_CSV.decode("cp1252").replace(old, new, 1)
    rejects = [row for row in pprrvu.read(SourceFile("x.csv", text.encode())) if isinstance(row, Reject)]
    assert [(r.line, reason in r.reason) for r in rejects] == [(12 if "71250" in old else 11, True)]


def test_pprrvu_of_an_unknown_layout_is_refused() -> None:
    with pytest.raises(SourceError, match="no column 'BILAT SURG'"):
        list(pprrvu.read(SourceFile("x.csv", made.PFS_CSV.replace(b"BILAT,", b"SIDES,"))))
    with pytest.raises(SourceError, match="no header"):
        list(pprrvu.read(SourceFile("x.csv", b"a,b\n1,2\n")))


def test_pprrvu_text_of_a_short_record_is_rejected() -> None:
    [first, *_] = pprrvu.read(SourceFile("x.txt", made.PFS_TXT.replace(b"   0.00\r\n", b"\r\n", 1)))
    assert first == Reject(3, "164 characters where 171 are needed")


def test_mue() -> None:
    assert mue.recognise(made.MUE)
    assert list(mue.read(made.MUE)) == [
        MueRow("43214", "practitioner", 1, "3", "Nature of Service/Procedure"),
        MueRow("31243", "practitioner", 1, "2", "Code Descriptor / CPT Instruction"),
        MueRow("A4253", "practitioner", 0, "1", "CMS Policy"),
    ]
    found = release(mue, made.MUE)
    assert (found.name, found.setting, found.effective, found.ends) == (
        "2026Q2 practitioner", "practitioner", date(2026, 4, 1), date(2026, 6, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"43214,x,3 Date of Service Edit: Clinical,y", "not a number of units: 'x'"),
        (b"43214,1,4 Something,y", "unknown adjudication indicator '4 Something'"),
        (b"43214,1", "2 columns where 4 are needed"),
        (b"4321,1,1 Line Edit,y", "not a code: '4321'"),
    ],
)
def test_mue_rejects(line: bytes, reason: str) -> None:
    *_, last = mue.read(SourceFile(made.MUE.name, made.MUE_CSV + line + b"\n"))
    assert last == Reject(11, reason)


def test_add_on_dates_are_year_and_day() -> None:
    assert add_on.recognise(made.ADD_ON)
    assert list(add_on.read(made.ADD_ON)) == [
        AddOnRow("43273", "1", "43260", date(2014, 1, 1), None, ""),
        AddOnRow("99292", "2", "CCCCC", date(2013, 4, 1), date(2013, 4, 1), "Contractor Defined Primary Codes"),
        AddOnRow("0079T", "1", "0078T", date(2013, 4, 1), date(2013, 12, 31), ""),
    ]
    assert release(add_on, made.ADD_ON).name == "2026Q2"


def test_ptp_keeps_both_rows_of_a_pair_with_one_effective_date() -> None:
    why = "Misuse of Column Two code with Column One code"
    assert ptp.recognise(made.PTP)
    assert list(ptp.read(made.PTP)) == [
        PtpRow("practitioner", "13121", "13120", "9", date(1996, 1, 1), date(1996, 1, 1), why),
        PtpRow("practitioner", "13121", "13120", "0", date(1996, 1, 1), None, why),
        PtpRow(
            "practitioner",
            "43214",
            "43200",
            "0",
            date(2014, 1, 1),
            date(2024, 9, 30),
            "CPT Separate procedure definition",
        ),
    ]
    found = release(ptp, made.PTP)
    assert (found.name, found.effective) == ("2024Q3 practitioner", date(2024, 7, 1))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"43214\t43200\t\t2014\t*\t0\tx", "not a date: '2014' or '*'"),
        (b"43214\t43200\t\t20141301\t*\t0\tx", "not a date: '20141301' or '*'"),
        (b"43214\t43200\t\t20140101\t*\t2\tx", "unknown modifier indicator '2'"),
        (b"43214\t4320\t\t20140101\t*\t0\tx", "not a pair of codes: '43214', '4320'"),
        (b"43214\t43200", "2 columns where 7 are needed"),
    ],
)
def test_ptp_rejects(line: bytes, reason: str) -> None:
    *_, last = ptp.read(SourceFile(made.PTP.name, made.PTP_TXT + line + b"\r\n"))
    assert last == Reject(10, reason)


def test_a_ptp_file_without_the_end_of_its_header_is_refused() -> None:
    with pytest.raises(SourceError, match="not the header of an edit file"):
        list(ptp.read(SourceFile(made.PTP.name, made.PTP_TXT.replace(b"9=not", b"8=not"))))


def test_addenda() -> None:
    titles = addendum.titles(made.OPPS_A)
    assert titles["5302"] == "Level 2 of something"
    assert list(addendum.read(made.OPPS_B, titles)) == [
        OppsRow("43214", "J1", "5302", "Level 2 of something"),
        OppsRow("A4341", "N", "", ""),
        OppsRow("0001F", "E1", "", ""),
    ]
    assert release(addendum, made.OPPS_B).name == "2025 final rule"
    assert not addendum.recognise(made.OPPS_A)
    assert not addendum.recognise_titles(made.OPPS_B)


def test_rbcs_takes_the_newest_assignment() -> None:
    first, second = rbcs.read(made.RBCS)
    assert first == RbcsRow(
        "43214", "PG006O", "Procedure", "Digestive/Gastrointestinal", "Upper GI Endoscopy", date(2014, 1, 1), None
    )
    assert isinstance(second, RbcsRow)
    assert second.ended == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("PPRRVU25_JAN", "2025Q1"),
        ("PPRRVU2025_Jul", "2025Q3"),
        ("PPRRVU2026_Jul_nonQPP", "2026Q3"),
        ("MCR_MUE_PractitionerServices_Eff_04-01-2026", "2026Q2"),
        ("AOC_V2026Q2-MCR", "2026Q2"),
        ("2026 National Physician Fee Schedule Relative Value File April Release", "2026Q2"),
        ("readme", "None"),
    ],
)
def test_quarters_in_names(text: str, quarter: str) -> None:
    assert str(quarter_in(text)) == quarter


def test_the_days_of_a_quarter() -> None:
    assert (Quarter(2026, 1).first, Quarter(2026, 1).last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert Quarter(2024, 4).last == date(2024, 12, 31)


READERS: list[tuple[str, bytes, Callable[[SourceFile], bool], Callable[[SourceFile], Iterable[Any]]]] = [
    ("PPRRVU2026_Jul.csv", made.PFS_CSV, pprrvu.recognise, pprrvu.read),
    ("PPRRVU2026_Jul.txt", made.PFS_TXT, pprrvu.recognise, pprrvu.read),
    (made.MUE.name, made.MUE_CSV, mue.recognise, mue.read),
    (made.ADD_ON.name, made.ADD_ON_CSV, add_on.recognise, add_on.read),
    (made.PTP.name, made.PTP_TXT, ptp.recognise, ptp.read),
    (made.OPPS_B.name, made.ADDENDUM_B, addendum.recognise, lambda file: addendum.read(file, {})),
    (made.OPPS_D1.name, made.ADDENDUM_D1, addendum.recognise_meanings, addendum.meanings),
    (made.RBCS.name, made.RBCS_CSV, rbcs.recognise, rbcs.read),
    (made.GPCI.name, made.GPCI_CSV, gpci.recognise, gpci.read),
    ("GPCI2025.txt", made.GPCI_TXT, gpci.recognise, gpci.read),
    (made.LOCCO.name, made.LOCCO_CSV, locco.recognise, locco.read),
    (made.ANES.name, made.ANES_CSV, anes.recognise, anes.read),
    ("ANES2025.txt", made.ANES_TXT, anes.recognise, anes.read),
    (made.CAP.name, made.CAP_CSV, oppscap.recognise, oppscap.read),
    ("OPPSCAP_Oct.txt", made.CAP_TXT, oppscap.recognise, oppscap.read),
    (made.ZIP.name, made.ZIP_TXT, zips.recognise, zips.read),
    (made.HCPCS.name, made.HCPCS_TXT, hcpcs.recognise, hcpcs.read),
    ("HCPC2025_OCT_ANWEB.xlsx", made.HCPCS_XLSX, hcpcs.recognise, hcpcs.descriptors),
    (made.ASC.name, made.ASC_XLSX, asc.recognise, asc.read),
    (made.PLACES.name, made.PLACES_CSV, places.recognise, places.read),
    (made.ICD.name, made.ICD_TXT, icd.recognise, icd.read),
    (made.LONG.name, made.AMA_LONG, descriptors.recognise, descriptors.read),
    (made.OWN.name, made.OWN_CSV, descriptors.recognise, descriptors.read),
]


@pytest.mark.parametrize(("name", "whole", "recognise", "read"), READERS, ids=[reader[0] for reader in READERS])
@given(data=st.data())
def test_any_bytes_end_in_rows_rejects_or_a_source_error(
    name: str, whole: bytes, recognise: Callable[..., bool], read: Callable[..., Iterable[Any]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=60))
    cut = data.draw(st.integers(0, 40))
    file = SourceFile(name, whole[:at] + junk + whole[at + cut :])
    try:
        recognise(file)
        reader = recognise_any(file)
        if reader is not None:
            release(reader, file)
        for row in read(file):
            assert isinstance(row, tuple)
    except SourceError as error:
        assert error.message


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[0-9]{5}", fullmatch=True),
            st.decimals("0", "999.99", places=2),
            st.sampled_from(["000", "010", "090", "XXX"]),
            st.sampled_from("012389"),
        ),
        max_size=8,
    )
)
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, Any, str, str]]) -> None:
    template = made.PFS_2026_ROWS.split("\r\n")[1].split(",")
    lines = []
    for code, work, days, bilateral in rows:
        cells = [*template]
        cells[0], cells[5], cells[14], cells[19] = code, str(work), days, bilateral
        lines.append(",".join(cells) + "\r\n")
    found = list(pprrvu.read(SourceFile("x.csv", (made.PFS_2026_HEAD + "".join(lines)).encode())))
    assert [(r.code, r.work, r.global_days, r.bilat_surg) for r in found if isinstance(r, PfsRow)] == [
        (code, f"{work:.2f}", days, bilateral) for code, work, days, bilateral in rows
    ]
