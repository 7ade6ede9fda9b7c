"""The readers of what comes beside the fee schedule, of HCPCS, ASC and ZIP files, and of descriptors of one's own."""

from datetime import date

import fixtures as made
import pytest

from cptref.errors import SourceError, UsageError
from cptref.model.rows import (
    AnesthesiaRow,
    AscRow,
    DescriptorRow,
    GpciRow,
    HcpcsRow,
    IcdRow,
    IndicatorText,
    LocalityRow,
    OppsCapRow,
    PlaceRow,
    Reject,
    ZipRow,
)
from cptref.sources import addendum, anes, asc, descriptors, gpci, hcpcs, icd, locco, oppscap, places, pprrvu, ptp, zips
from cptref.sources.files import SourceFile
from cptref.sources.kinds import recognise, release


@pytest.mark.parametrize(
    ("file", "reader", "name", "first", "last"),
    [
        (made.GPCI, gpci, "RVU26B", date(2026, 4, 1), date(2026, 12, 31)),
        (SourceFile("GPCI2026.csv", made.GPCI_CSV), gpci, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (made.LOCCO, locco, "RVU25D", date(2025, 10, 1), date(2025, 12, 31)),
        (made.ANES, anes, "RVU25D", date(2025, 10, 1), date(2025, 12, 31)),
        (SourceFile("ANES2025.txt", made.ANES_TXT), anes, "2025", date(2025, 1, 1), date(2025, 12, 31)),
        (made.CAP, oppscap, "RVU25D", date(2025, 10, 1), date(2025, 12, 31)),
        (made.ZIP, zips, "2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        (SourceFile("ZIP9.txt", made.ZIP9_TXT), zips, "2025Q4 plus_four", date(2025, 10, 1), date(2025, 12, 31)),
        (made.HCPCS, hcpcs, "2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        (SourceFile("file.txt", made.HCPCS_TXT), hcpcs, "2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        (made.ASC, asc, "2020Q3", date(2020, 7, 1), date(2020, 9, 30)),
        (made.ICD, icd, "FY2026", date(2025, 10, 1), date(2026, 9, 30)),
        (made.ICD_XLSX, icd, "FY2026", date(2025, 10, 1), date(2026, 9, 30)),
        (made.PLACES, places, "undated", date.min, date.max),
        (made.LONG, descriptors, "2026 long", date(2026, 1, 1), date(2026, 12, 31)),
        (made.OWN, descriptors, "undated", date.min, date.max),
        (made.PFS, pprrvu, "RVU26C", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_file_is_recognised_by_content_and_its_release_named(
    file: SourceFile, reader: object, name: str, first: date, last: date
) -> None:
    found = recognise(file)
    assert found is reader
    assert found is not None
    told = release(found, file)
    assert (told.name, told.effective, told.ends) == (name, first, last)


def test_the_user_may_say_what_release_a_file_is_of() -> None:
    bare = SourceFile("caps.csv", made.CAP_CSV)
    with pytest.raises(SourceError, match="neither content nor name tells the release"):
        release(oppscap, bare)
    told = release(oppscap, bare, "RVU25D")
    assert (told.name, told.effective, told.ends) == ("RVU25D", date(2025, 10, 1), date(2025, 12, 31))
    told = release(oppscap, bare, "corrected", date(2025, 11, 15))
    assert (told.name, told.effective, told.ends) == ("corrected", date(2025, 11, 15), date(2025, 12, 31))
    assert release(oppscap, bare, None, date(2025, 11, 15)).name == "2025Q4"
    assert release(places, made.PLACES, "2024", date(2024, 1, 1)).ends == date.max
    with pytest.raises(UsageError, match="does not tell the quarter"):
        release(oppscap, bare, "latest")


def test_gpci_takes_the_work_index_with_the_floor() -> None:
    assert list(gpci.read(made.GPCI)) == [
        GpciRow("10112", "00", "AL", "ALABAMA", "1.000", "0.875", "0.566"),
        GpciRow("02102", "01", "AK", "ALASKA", "1.500", "1.065", "0.551"),
    ]
    assert list(gpci.read(SourceFile("GPCI2025.txt", made.GPCI_TXT))) == [
        GpciRow("10112", "00", "AL", "ALABAMA", "1.000", "0.869", "0.575"),
        GpciRow("02102", "01", "AK", "ALASKA", "1.500", "1.081", "0.592"),
    ]


def test_a_locality_has_the_state_of_the_first_row_of_its_state() -> None:
    assert list(locco.read(made.LOCCO)) == [
        LocalityRow("10112", "00", "ALABAMA", "STATEWIDE", "ALL COUNTIES"),
        LocalityRow("01182", "18", "CALIFORNIA", "LOS ANGELES", "LOS ANGELES"),
        LocalityRow("01112", "52", "CALIFORNIA", "MARIN", "MARIN, OTHER"),
    ]


def test_anesthesia_factors_are_the_same_from_both_forms() -> None:
    rows = list(anes.read(made.ANES))
    assert rows == [
        AnesthesiaRow("10112", "00", "ALABAMA", "19.31"),
        AnesthesiaRow("02102", "01", "ALASKA", "27.86"),
    ]
    assert list(anes.read(SourceFile("ANES2025.txt", made.ANES_TXT))) == rows


def test_caps_are_the_same_from_both_forms() -> None:
    rows = list(oppscap.read(made.CAP))
    assert rows == [
        OppsCapRow("70336", "TC", "A", "01112", "05", "150.69", "150.70"),
        OppsCapRow("70336", "", "A", "01112", "09", "152.38", "152.38"),
    ]
    assert list(oppscap.read(SourceFile("OPPSCAP_Oct.txt", made.CAP_TXT))) == rows


def test_zip_codes_with_and_without_four_more_digits() -> None:
    assert list(zips.read(made.ZIP)) == [
        ZipRow("99501", "", "AK", "02102", "01", "", "0"),
        ZipRow("20812", "", "MD", "12302", "01", "", "1"),
    ]
    assert list(zips.read(SourceFile("ZIP9.txt", made.ZIP9_TXT))) == [
        ZipRow("20812", "0001", "MD", "12302", "01", "", "1"),
        ZipRow("20812", "0002", "DC", "12202", "01", "", "1"),
    ]


def test_hcpcs_gives_the_same_from_text_and_workbook() -> None:
    book = SourceFile("HCPC2025_OCT_ANWEB.xlsx", made.HCPCS_XLSX)
    rows = list(hcpcs.read(made.HCPCS))
    modifier, stick, ended = rows
    assert modifier == HcpcsRow("A1", "C", "", "", "", "", "", date(2002, 7, 1), date(2002, 7, 1), None, "N")
    assert stick == HcpcsRow(
        "E0100", "D", "32", "A", "", "PRA", "D1E", date(1986, 1, 1), date(2025, 10, 1), None, "N"
    )  # fmt: skip
    assert isinstance(ended, HcpcsRow)
    assert ended.ended == date(2025, 6, 30)
    assert list(hcpcs.read(book)) == rows
    texts = list(hcpcs.descriptors(made.HCPCS))
    assert texts[1] == DescriptorRow(
        "E0100",
        "Our words, stick",
        "",
        "A walking stick, described at such length that the description does not fit into one record",
    )
    assert list(hcpcs.descriptors(book)) == texts


def test_asc_addenda_are_read_sheet_by_sheet() -> None:
    assert asc.addenda(made.ASC) == {"AA", "BB", "DD1", "EE"}
    assert list(asc.read(made.ASC)) == [
        AscRow("10004", "AA", "N", "N1", "", ""),
        AscRow("43214", "AA", "Y", "A2", "16.4000", "789.10"),
        AscRow("70010", "BB", "", "N1", "", ""),
        AscRow("33533", "EE", "", "", "", ""),
    ]
    assert list(asc.texts(made.ASC)) == [IndicatorText("asc_payment", "A2", "Ours: paid by weight.")]


def test_addendum_d1_says_what_status_indicators_mean() -> None:
    assert addendum.recognise_meanings(made.OPPS_D1)
    assert list(addendum.meanings(made.OPPS_D1)) == [
        IndicatorText("opps_status", "J1", "Ours: comprehensive; Further services / Paid once."),
        IndicatorText("opps_status", "E2", "Ours: no price / Not paid."),
    ]


def test_diagnoses_from_the_order_file_and_the_workbook() -> None:
    assert list(icd.read(made.ICD)) == [
        IcdRow("A00", "Cholera", "0"),
        IcdRow("A000", "Cholera in our words", "1"),
        IcdRow("J310", "Chronic rhinitis", "1"),
    ]
    first, second, third = icd.read(made.ICD_XLSX)
    assert (first, second) == (IcdRow("J310", "Chronic rhinitis", "1"), IcdRow("QA00101", "Ours, of the new form", "1"))
    assert isinstance(third, Reject)
    plain = SourceFile("icd10cm_codes_2026.txt", b"J310    Chronic rhinitis\n")
    assert recognise(plain) is icd
    assert list(icd.read(plain)) == [first]
    april = release(icd, SourceFile("icd10cm-codes-April-2026.txt", plain.data))
    assert (april.name, april.effective) == ("FY2026 April", date(2026, 4, 1))


def test_places_of_service() -> None:
    first, second = places.read(made.PLACES)
    assert first == PlaceRow("01", "Pharmacy", "Non-Facility", "Ours, described.")
    assert isinstance(second, PlaceRow)


def test_descriptors_of_the_ama_and_of_ones_own() -> None:
    assert [tuple(row) for row in descriptors.read(made.LONG)] == [
        ("31243", "", "", "our long words"),
        ("27215", "", "", "[bold]our[/bold] long \x1b[31mwords"),
    ]
    assert descriptors.notice(made.LONG) == "Copyright 2026 Somebody"
    assert [tuple(row) for row in descriptors.read(made.OWN)] == [
        ("31243", "our short", "", "our long words"),
        ("27215", "", "", "more, with a comma"),
    ]
    table = [["CPT code", "Long Description"], ["31243", "our long words"]]
    for file in (
        SourceFile("mine.xlsx", made.workbook({"mine": table})),
        SourceFile("mine.tsv", "\n".join("\t".join(row) for row in [*table, []]).encode()),
    ):
        assert recognise(file) is descriptors
        assert [tuple(row) for row in descriptors.read(file)] == [("31243", "", "", "our long words")]
    for form, place in (("SHORTU.txt", 1), ("MEDU.txt", 2)):
        first = next(iter(descriptors.read(SourceFile(form, made.AMA_LONG))))
        assert first[place] == "our long words"


def test_edits_are_the_same_from_a_workbook() -> None:
    lines: list[list[str | float]] = [
        [*line.split("\t")] for line in made.PTP_TXT.decode().replace("\r\n", "\n").split("\n")[6:-1]
    ]
    book = made.workbook(
        {
            "f1": [
                ["CPT only copyright somebody."],
                ["Column1/Column2 Edits"],
                ["Column 1", "Column 2", "*=in existence prior to 1996", "Effective Date", "Deletion Date *=no data",
                 "Modifier 0=not allowed 1=allowed 9=not applicable", "PTP Edit Rationale"],
                *[[*cells[:3], float(cells[3]), *cells[4:]] for cells in lines],
            ]
        }
    )  # fmt: skip
    file = SourceFile("ccipra-v302r0-f1.xlsx", book)
    assert recognise(file) is ptp
    assert list(ptp.read(file)) == list(ptp.read(made.PTP))


@pytest.mark.parametrize(
    ("reader", "file", "line", "reason"),
    [
        (gpci, made.GPCI, b"10112,AL,00,ALABAMA,0.988,one,0.875,0.566", "not a locality and its indices"),
        (gpci, made.GPCI, b"XX,AL,00,ALABAMA,0.988,1.0,0.875,0.566", "not a locality and its indices"),
        (locco, made.LOCCO, b"abc,1,X,Y,Z", "not a locality: 'abc', '1'"),
        (anes, made.ANES, b"10112,00,ALABAMA,x", "not a locality and its factor"),
        (oppscap, made.CAP, b"7033,TC,A,01112,05,1.00,1.00", "not a code: '7033'"),
        (oppscap, made.CAP, b"70336,TC,A,1,05,1.00,1.00", "not a locality and its prices"),
        (zips, made.ZIP, b"AK9950X0210201", "not a record of a ZIP code"),
        (hcpcs, made.HCPCS, b"E0100001003 cut", "not a record of a code or modifier"),
        (places, made.PLACES, b"44,Facility", "2 columns where 4 are needed"),
        (descriptors, made.OWN, b"none,text,", "not a code: 'NONE'"),
        (descriptors, made.OWN, b"31243,,", "no text for 31243"),
        (descriptors, made.LONG, b"no code here", "not a code and its text: 'no code here'"),
    ],
)
def test_a_line_that_is_none_is_rejected(reader: object, file: SourceFile, line: bytes, reason: str) -> None:
    broken = SourceFile(file.name, file.data + line + b"\n", file.within)
    *_, last = reader.read(broken)  # type: ignore[attr-defined]
    assert isinstance(last, Reject)
    assert reason in last.reason


def test_a_workbook_with_an_unknown_indicator_rejects_the_row() -> None:
    sheets = {"AA": [["Addendum AA -- ASC Covered"], ["HCPCS Code", "Payment Indicator"], ["10004", "?"], ["x", "A2"]]}
    file = SourceFile("asc.xlsx", made.workbook(sheets))
    assert list(asc.read(file)) == [Reject(3, "unknown payment indicator '?'"), Reject(4, "not a code: 'x'")]
