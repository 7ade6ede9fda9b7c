"""The catalog and the readers against CMS's own files. The comparison reads the files by itself, on purpose."""

import csv
import gzip
import io
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, ROOT

from cptref import Reference
from cptref.data import Data
from cptref.model.rows import AscRow, HcpcsRow, PfsRow, Reject
from cptref.opening import data_folder
from cptref.sources import add_on, addendum, asc, gpci, hcpcs, mue, pprrvu, rbcs
from cptref.sources.files import SourceFile, open_files
from cptref.sources.kinds import recognise, release

Rows = list[list[str]]


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(n for n in archive.namelist() if re.search(name, n)))


@pytest.fixture(scope="module")
def pfs(cms: Path) -> Rows:
    """RVU26C by fixed columns, as its csv has them."""
    text = member(cms / "pfs" / "rvu26c.zip", r"PPRRVU.*\.csv").decode("cp1252")
    return [row for row in list(csv.reader(io.StringIO(text)))[10:] if row[0]]


@pytest.fixture(scope="module")
def codes(reference: Reference) -> list[str]:
    return [listed.code for listed in reference.list("all").codes]


@pytest.fixture(scope="module")
def descriptors(cms: Path, pfs: Rows) -> dict[str, set[str]]:
    """Every descriptor of every code in the PFS, HCPCS, OPPS and ASC files."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in pfs:
        found[row[0]].add(row[2])
    [hcpcs] = open_files(cms / "hcpcs" / "HCPC2025_OCT_ANWEB.xlsx")
    for _, cells in hcpcs.rows():
        found[cells[0]] |= {cells[3], cells[4]}
    text = member(cms / "opps" / "2025-nfrm-opps-addenda.zip", r"Addendum B.*\.txt").decode("cp437")
    for cells in csv.reader(io.StringIO(text), delimiter="\t"):
        found[cells[0].strip()].add(cells[1])
    [asc] = open_files(cms / "asc" / "2020_07_section-508_asc_addenda.xlsx")
    for _, cells in asc.rows():
        if len(cells) > 2:
            found[cells[0]].add(cells[1] if len(cells[1]) > 2 else cells[2])
    return found


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def test_every_fee_schedule_fact_is_that_of_rvu26c(reference: Reference, codes: list[str], pfs: Rows) -> None:
    of_code: dict[str, Rows] = defaultdict(list)
    for row in pfs:
        of_code[row[0]].append(row)
    for code in codes:
        page = reference.show(code, as_of=DAY)
        assert [rvu.modifier for rvu in page.rvu] == sorted(row[1] for row in of_code[code]), code
        for rvu in page.rvu:
            [row] = [row for row in of_code[code] if row[1] == rvu.modifier]
            assert [str(value) for value in rvu[1:7]] == [
                row[3],
                *(f"{Decimal(row[c]):.2f}" for c in (5, 6, 8, 10, 11)),
            ]
            assert (rvu.nonfacility_na, rvu.facility_na) == (row[7] == "NA", row[9] == "NA")
            assert (str(rvu.facility_total), str(rvu.conversion_factor)) == (f"{Decimal(row[12]):.2f}", row[25])
        if of_code[code]:
            row = of_code[code][0]
            columns = {"status": 3, "pctc": 13, "global_days": 14, "mult_proc": 18, "bilat_surg": 19, "asst_surg": 20,
                       "co_surg": 21, "team_surg": 22, "supervision": 26, "imaging_family": 28}  # fmt: skip
            values = {field: item.value for field, item in page.payment.items()}
            assert {field: values[field] for field in columns} == {f: row[c] for f, c in columns.items()}, code
            assert values.get("endo_base", "") == row[24]


def test_every_mue_is_that_of_2026q2(reference: Reference, codes: list[str], cms: Path) -> None:
    expected: dict[str, set[tuple[str, int, str, str]]] = defaultdict(set)
    for setting, name in (("practitioner", "Practitioner"), ("hospital", "OutpatientHospital"), ("dme", "DMESupplier")):
        text = (cms / "ncci" / "mue" / f"MCR_MUE_{name}Services_Eff_04-01-2026.csv").read_text(encoding="cp1252")
        for row in csv.reader(io.StringIO(text)):
            if len(row) > 3 and row[1].isdigit():
                expected[row[0]].add((setting, int(row[1]), row[2][0], row[3]))
    for code in codes:
        assert {tuple(edit) for edit in reference.show(code, as_of=DAY).mue} == expected[code], code


def test_every_ptp_edit_is_that_of_2024q3(reference: Reference, codes: list[str], cms: Path) -> None:
    """For each setting: all edits in force among codes of the catalog, and all those of six codes."""
    known, whole = set(codes), {"31243", "31297", "0440T", "0441T", "0442T", "43214"}
    for setting in ("practitioner", "hospital"):
        expected: dict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
        with gzip.open(cms / "ncci" / "ptp" / f"{setting}_2024Q3.tsv.gz", "rt", encoding="utf-8") as table:
            next(table)
            for line in table:
                one, two, deleted, indicator, rationale = line.rstrip("\n").split("\t")
                if indicator == "9" or (deleted != "*" and deleted < "20240930"):
                    continue
                if (one in known and two in known) or one in whole or two in whole:
                    expected[one].add((one, two, indicator, rationale))
                    expected[two].add((one, two, indicator, rationale))
        for code in codes:
            edits = reference.conflicts(code, setting=setting, as_of="2024-09-01").edits
            found = {(e.column_one, e.column_two, e.modifier_indicator, e.rationale) for e in edits if e.kind == "ptp"}
            assert found == expected[code], (setting, code)


def test_every_add_on_relation_is_that_of_2026q2(reference: Reference, codes: list[str], cms: Path) -> None:
    [file] = open_files(cms / "ncci" / "AOC_V2026Q2-MCR.xlsx")
    primaries: dict[str, set[str]] = defaultdict(set)
    add_ons: dict[str, set[str]] = defaultdict(set)
    for _, (_, code, _, primary, _, effective, deleted, _) in list(file.rows())[2:]:
        if effective <= "2026121" and (not deleted or (deleted >= "2026121" and deleted != effective)):
            primaries[code].add(primary)
            add_ons[primary].add(code)
    for code in codes:
        found = reference.show(code, as_of="2026-05-01").add_on
        assert (found is not None) == bool(primaries[code] or add_ons[code]), code
        if found:
            assert found.is_add_on == bool(primaries[code])
            assert set(found.primaries) == primaries[code] - {"CCCCC"}
            assert set(found.add_ons) == add_ons[code]


def test_every_opps_and_rbcs_fact_is_that_of_the_files(reference: Reference, codes: list[str], cms: Path) -> None:
    text = member(cms / "opps" / "2025-nfrm-opps-addenda.zip", r"Addendum B.*\.txt").decode("cp437")
    opps = {cells[0].strip("\xa0 "): cells for cells in csv.reader(io.StringIO(text), delimiter="\t") if len(cells) > 4}
    classes: dict[str, tuple[str, str]] = {}
    with (cms / "ref" / "rbcs.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            newest = (row["rbcs_date_rbcs_asn"], row["rbcs_id"])
            classes[row["hcpcs"]] = max(newest, classes.get(row["hcpcs"], newest))
    for code in codes:
        values = {field: item.value for field, item in reference.show(code, as_of=DAY).payment.items()}
        cells = opps.get(code, [""] * 5)
        assert values.get("opps_status", "") == cells[3].strip(), code
        assert values.get("apc", "") == (cells[4].strip().zfill(4) if cells[4].strip() else ""), code
        assert values.get("rbcs", "") == classes.get(code, ("", ""))[1], code


def test_no_title_or_description_is_a_descriptor(
    reference: Reference, codes: list[str], descriptors: dict[str, set[str]]
) -> None:
    """A title is neither a code's descriptor nor near it, and no text holds one of some length."""
    every = {plain(text) for texts in descriptors.values() for text in texts if len(text.split()) > 3}
    for code in codes:
        page = reference.show(code, as_of=DAY)
        own = {plain(text) for text in descriptors[code]}
        title = plain(page.title)
        for descriptor in own:
            assert SequenceMatcher(None, title, descriptor).ratio() <= 0.85, (code, page.title, descriptor)
        prose = [page.title, page.description, *page.indications, *page.procedure, *page.billing, *page.synonyms]
        text = " / ".join(plain(part) for part in prose)
        for descriptor in own:
            if len(descriptor.split()) > 3:
                assert descriptor not in text, (code, descriptor)
        assert title not in every, (code, page.title)


def test_every_guideline_rests_on_an_edit_that_cms_ascribes_to_coding_instructions(
    reference: Reference, codes: list[str], cms: Path
) -> None:
    """A guideline is listed only where CMS's edit of the pair names such a rationale."""
    instructions = {
        "CPT Manual or CMS manual coding instruction",
        "CPT Separate procedure definition",
        "Laboratory panel",
    }
    backed = set()
    with gzip.open(cms / "ncci" / "ptp" / "practitioner_2024Q3.tsv.gz", "rt", encoding="utf-8") as table:
        for line in table:
            one, two, deleted, indicator, rationale = line.rstrip("\n").split("\t")
            if rationale in instructions and indicator != "9" and (deleted == "*" or deleted >= "20240930"):
                backed.add(frozenset((one, two)))
    for code in codes:
        edits = reference.conflicts(code, as_of="2024-09-01").edits
        assert {frozenset((e.column_one, e.column_two)) for e in edits if e.kind == "guideline"} <= backed, code


@pytest.mark.parametrize(("name", "rows"), [("rvu25d", 19_090), ("rvu26b", 19_277), ("rvu26c", 19_356)])
def test_every_line_of_pprrvu_is_read_from_each_form(cms: Path, name: str, rows: int) -> None:
    files = [file for file in open_files(cms / "pfs" / f"{name}.zip") if pprrvu.recognise(file)]
    found = [list(pprrvu.read(file)) for file in files]
    assert len(found) == {"rvu25d": 3}.get(name, 1)
    assert [len(each) for each in found] == [rows] * len(found)
    assert all(isinstance(row, PfsRow) for row in found[0])
    assert all(each == found[0] for each in found)
    assert {release(pprrvu, file).name for file in files} == {name.upper()}


def test_every_line_of_the_other_files_is_read(cms: Path) -> None:
    tables = {file.name: list(mue.read(file)) for file in open_files(cms / "ncci" / "mue") if mue.recognise(file)}
    assert sorted(map(len, tables.values())) == [3083, 15045, 15095, 15095]
    assert (
        tables["MCR_MUE_PractitionerServices_Eff_04-01-2026.csv"]
        == (tables["MCR_MUE_PractitionerServices_Eff_04-01-2026.xlsx"])
    )
    [file] = open_files(cms / "ncci" / "AOC_V2026Q2-MCR.xlsx")
    assert len(list(add_on.read(file))) == 9000
    addenda = [f for f in open_files(cms / "opps" / "2025-nfrm-opps-addenda.zip") if addendum.recognise(f)]
    both = [list(addendum.read(file, {})) for file in addenda]
    assert len(both) == 2
    assert both[0] == both[1]
    assert len(both[0]) == 18_682
    [file] = open_files(cms / "ref" / "rbcs.csv")
    every = [*both[0], *list(add_on.read(file)), *list(rbcs.read(file))] + [r for rows in tables.values() for r in rows]
    assert not [row for row in every if isinstance(row, Reject)]


def test_what_comes_with_the_fee_schedule_is_the_same_from_each_form(cms: Path) -> None:
    by_kind: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for file in [*open_files(cms / "pfs" / "rvu25d.zip"), *open_files(cms / "pfs" / "zip5_oct2025.zip")]:
        reader = recognise(file)
        if reader is not None and reader is not pprrvu:
            by_kind[reader.KIND][file.name.rpartition(".")[2]] = list(reader.read(file))
    assert {kind: sorted(forms) for kind, forms in by_kind.items()} == {
        "gpci": ["csv", "txt", "xlsx"],
        "locality": ["csv", "txt", "xlsx"],
        "anesthesia": ["csv", "txt", "xlsx"],
        "opps_cap": ["csv", "txt", "xlsx"],
        "zip": ["txt", "xlsx"],
    }
    for kind, forms in by_kind.items():
        rows = forms["txt"]
        assert not [row for row in rows if isinstance(row, Reject)], kind
        for other in forms.values():
            if kind in ("locality", "anesthesia"):  # whose names the text cuts off
                assert [(r.mac, r.locality, r[-1][:5]) for r in other] == [(r.mac, r.locality, r[-1][:5]) for r in rows]
            else:
                assert other == rows, kind
    # By an independent reading of the text.
    text = member(cms / "pfs" / "zip5_oct2025.zip", r"ZIP5_OCT.*txt").decode("ascii").split("\r\n")[:-1]
    assert [(r.state, r.zip, r.mac, r.locality, r.rural, r.plus_four_flag) for r in by_kind["zip"]["txt"]] == [
        (line[:2], line[2:7], line[7:12], line[12:14], line[14].strip(), line[20]) for line in text
    ]
    with io.StringIO(member(cms / "pfs" / "rvu25d.zip", r"OPPSCAP.*csv").decode("ascii")) as table:
        caps = [row for row in csv.reader(table) if any(row)][1:]
    assert [list(row) for row in by_kind["opps_cap"]["csv"]] == caps
    with io.StringIO(member(cms / "pfs" / "rvu26b.zip", r"GPCI.*csv").decode("ascii")) as table:
        lines = [row for row in csv.reader(table) if row[0].isdigit()]
    [file] = [f for f in open_files(cms / "pfs" / "rvu26b.zip") if gpci.recognise(f)]
    read: list[Any] = list(gpci.read(file))
    expected = [(row[0], row[2], *map(float, row[5:8])) for row in lines]
    assert [(r.mac, r.locality, *map(float, (r.work, r.pe, r.mp))) for r in read] == expected


def test_the_hcpcs_and_asc_workbooks_are_read_in_full(cms: Path) -> None:
    import python_calamine

    path = cms / "hcpcs" / "HCPC2025_OCT_ANWEB.xlsx"
    header, *lines = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    [file] = open_files(path)
    rows, texts = list(hcpcs.read(file)), list(hcpcs.descriptors(file))
    assert len(rows) == len(texts) == len(lines) == 8_846
    at = {name: header.index(name) for name in ("HCPC", "LONG DESCRIPTION", "COV", "TERM DT", "ACTION CD")}
    for row, text, line in zip(rows, texts, lines, strict=True):
        assert isinstance(row, HcpcsRow)
        assert (row.code, row.coverage, row.action) == tuple(
            str(line[at[name]]).strip() for name in ("HCPC", "COV", "ACTION CD")
        )
        ended = str(line[at["TERM DT"]])[:8]
        assert (row.ended.strftime("%Y%m%d") if row.ended else "") == ended
        assert text.long == str(line[at["LONG DESCRIPTION"]]).replace("\xa0", " ").strip()
    path = cms / "asc" / "2020_07_section-508_asc_addenda.xlsx"
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    [file] = open_files(path)
    found = list(asc.read(file))
    assert not [row for row in found if isinstance(row, Reject)]
    for name in ("AA", "BB", "EE"):
        sheet = book.get_sheet_by_name(f"CY 2020 Jul ASC {name}").to_python()
        listed = [str(line[0]).strip() for line in sheet if re.fullmatch(r"[0-9A-Z]{5}", str(line[0]).strip())]
        assert [row.code for row in found if isinstance(row, AscRow) and row.addendum == name] == listed
    assert len(list(asc.texts(file))) == 18


def test_the_head_of_a_real_edit_file_is_read(cms: Path) -> None:
    from cptref.sources import ptp

    data = (cms / "ncci" / "ptp" / "ccipra-v322r0-f1.excerpt.TXT").read_bytes()
    file = SourceFile("ccipra-v322r0-f1.excerpt.TXT", data)
    assert ptp.recognise(file)
    assert release(ptp, file).name == "2026Q3 practitioner"
    rows = list(ptp.read(file))
    assert len(rows) == data.count(b"\n") - 6
    assert not [row for row in rows if isinstance(row, Reject)]


@pytest.fixture(scope="module")
def edits(cms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole edit files of both settings, as CMS ships them."""
    folder = tmp_path_factory.mktemp("edits")
    tool = cms.parent / "tools" / "make_ptp_release.py"
    if not tool.exists():
        pytest.skip("no tool to write the edits as CMS ships them")
    for setting in ("practitioner", "hospital"):
        subprocess.run([sys.executable, str(tool), setting, str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def whole(cms: Path, edits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the real files are imported."""
    folder = tmp_path_factory.mktemp("whole")
    data = Data(folder)
    data.accept_licence()
    results = data.import_paths(
        [*(cms / name for name in ("pfs", "ncci", "opps", "ref", "hcpcs", "asc", "icd10cm")), edits]
    )
    # The head of a newer edit file, which lies there too, is no whole release.
    assert [result.file for result in results if result.outcome == "refused"] == ["ccipra-v322r0-f1.excerpt.TXT"]
    return folder


def test_the_bundled_facts_are_what_the_script_writes(
    cms: Path, edits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "refresh_facts.py"))
    monkeypatch.setitem(script["main"].__globals__, "DATA", tmp_path)
    shutil.copy(data_folder() / "codes.toml", tmp_path)
    paths = [cms / "pfs" / "rvu26b.zip", cms / "pfs" / "rvu26c.zip", cms / "ncci" / "mue",
             cms / "ncci" / "AOC_V2026Q2-MCR.xlsx", cms / "opps", cms / "ref" / "rbcs.csv"]  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["refresh_facts", *map(str, paths)])
    assert script["main"]() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["codes.toml"]
    monkeypatch.setattr(sys, "argv", ["refresh_facts", *map(str, paths), str(edits)])
    assert script["main"]() == 0
    for name in ("facts.toml", "ptp_edits.toml"):
        assert (tmp_path / name).read_bytes() == (data_folder() / name).read_bytes(), name


def test_every_release_is_imported_with_all_its_rows(whole: Path) -> None:
    data = Data(whole)
    assert {f"{r.kind} {r.release}": r.rows for r in data.releases()}.items() >= {
        "pfs RVU25D": 19_090,
        "pfs RVU26B": 19_277,
        "pfs RVU26C": 19_356,
        "mue 2026Q2 practitioner": 15_095,
        "mue 2026Q2 hospital": 15_045,
        "mue 2026Q2 dme": 3_083,
        "add_on 2026Q2": 9_000,
        "opps 2025 final rule": 18_682,
        "ptp 2024Q3 practitioner": 2_546_017,
        "ptp 2024Q3 hospital": 1_775_818,
        "gpci RVU25D": 109,
        "gpci RVU26B": 109,
        "locality RVU25D": 110,
        "anesthesia RVU25D": 109,
        "opps_cap RVU25D": 16_100,
        "zip 2025Q4": 42_956,
        "hcpcs 2025Q4": 8_846,
        "asc 2020Q3": 7_864,
        "rbcs codes to 2022-10-01": 15_522,
        "place undated": 99,
        "icd FY2026": 74_718,
    }.items()
    # CMS gives one diagnosis no description.
    assert {r.kind: r.rejects for r in data.releases() if r.rejects} == {"icd": 1}
    assert not [problem for problem in data.verify() if problem.serious]


def test_the_whole_edit_file_answers_like_the_table(whole: Path, cms: Path) -> None:
    wanted = {"43214", "99213", "28296", "00520"}
    expected: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    with gzip.open(cms / "ncci" / "ptp" / "practitioner_2024Q3.tsv.gz", "rt", encoding="utf-8") as table:
        next(table)
        for line in table:
            one, two, deleted, indicator, _ = line.rstrip("\n").split("\t")
            if indicator != "9" and (deleted == "*" or deleted >= "20240901"):
                for code in wanted & {one, two}:
                    expected[code].add((one, two, indicator))
    with Reference(whole) as reference:
        for code in wanted:
            answer = reference.conflicts(code, as_of="2024-09-01")
            found = {(e.column_one, e.column_two, e.modifier_indicator) for e in answer.edits if e.kind == "ptp"}
            assert found == expected[code], code
            assert not [warning for warning in answer.warnings if "part" in warning]
        page = reference.show("28296", as_of="2026-08-01")
        assert page.descriptors.short
        assert not page.conflicts.partial
