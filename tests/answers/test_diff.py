"""What changed between two releases: files of our own, in CMS's formats, of which every change is known."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import fixtures as made
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from cptref import Reference
from cptref.data import Data
from cptref.errors import DataNotLoadedError, NotFoundError, UsageError
from cptref.model.answer import Answer
from cptref.model.diff import Change, Differences
from cptref.model.store import ImportedFile
from cptref.store.judge import Judge, Row

Snapshot = Callable[[str, str], None]
WHY = b"Misuse of Column Two code with Column One code"
# Column one and two, first and last day, indicator: as in July, then as in October.
EDITS = (
    (b"13121\t13120\t\t19960101\t19960101\t9", b"13121\t13120\t\t19960101\t19960101\t9"),  # of two with one first day
    (b"13121\t13120\t*\t19960101\t*\t0", b"13121\t13120\t*\t19960101\t*\t1"),  # the other has a new indicator
    (b"43214\t43200\t\t20140101\t*\t0", b"43214\t43200\t\t20140101\t20240930\t0"),  # is deleted
    (b"43214\t43202\t\t20140101\t*\t1", b"43214\t43202\t\t20140101\t20140101\t9"),  # is taken back for all time
    (b"43214\t43213\t\t20140101\t*\t1", b""),  # is gone
    (b"", b"43214\t76000\t\t20241001\t*\t1"),  # is new
    (b"43220\t43200\t\t19960101\t20191231\t1", b"43220\t43200\t\t19960101\t20191231\t1"),  # had ended
    (b"", b"43220\t43200\t\t19960101\t*\t1"),  # and is back, from the day it began
    (b"43220\t43202\t\t20140101\t*\t1", b"43220\t43202\t\t20150101\t*\t1"),  # begins later
    (b"43226\t43200\t\t20140101\t20191231\t1", b"43226\t43200\t\t20140101\t20201231\t1"),  # ended, on another day
    (b"43226\t43202\t\t20140101\t*\t1", b"43226\t43202\t\t20140101\t*\t1"),  # stays
    (b"", b"43226\t43220\t\t20240101\t20240101\t9"),  # never was
)
HEAD = b"\n".join(made.PTP_TXT.split(b"\n")[:6]) + b"\n"


def hcpcs(code: str, short: str, coverage: str = "D", ended: str = "", action: str = "N") -> str:
    """A record of 320 characters, each field where the layout has it."""
    line = [" "] * 320
    for start, text in (
        (1, f"{code}001003"), (12, f"{short}, at length"), (92, short), (230, coverage), (269, "19900101"),
        (277, "20200101"), (285, ended), (293, action),
    ):  # fmt: skip
        line[start - 1 : start - 1 + len(text)] = text
    return "".join(line) + "\r\n"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    april = made.PFS_2026_HEAD.replace("July Release", "April Release") + made.PFS_2026_ROWS
    april = april.replace("3.32,1.22,NA,1.22,,0.50,5.04,5.04", "3.40,1.22,NA,1.22,,0.50,5.12,5.12")
    april = april.replace("33.4009", "32.3465").replace("71250,TC,our words two", "71250,26,our words two")
    add_on = made.ADD_ON.data.replace(b"1,43273,,43260,,2014001,,", b"1,43273,,43260,,2014001,2026180,")
    old_hcpcs = hcpcs("A0021", "Our words") + hcpcs("A0080", "Other words", "C") + hcpcs("A0090", "More words")
    new_hcpcs = hcpcs("A0021", "Our new words") + hcpcs("A0080", "Other words", "C", "20251231", "D")
    new_hcpcs += hcpcs("A0090", "More words") + hcpcs("A0100", "New words")
    files = {
        "PPRRVU2026_Jul_nonQPP.csv": made.PFS.data,
        "PPRRVU2026_Apr_nonQPP.csv": april.encode(),
        made.MUE.name: made.MUE.data,
        made.MUE.name.replace("04-01-2026", "07-01-2026"): made.MUE.data.replace(b"43214,1,", b"43214,2,"),
        made.ADD_ON.name: made.ADD_ON.data,
        "AOC_V2026Q3-MCR.csv": add_on,
        "HCPC2025_OCT_ANWEB.txt": old_hcpcs.encode(),
        "HCPC2026_JAN_ANWEB.txt": new_hcpcs.encode(),
    }
    for release, edits in (("v302", [old for old, _ in EDITS]), ("v303", [new for _, new in EDITS])):
        rows = b"".join(edit + b"\t" + WHY + b"\r\n" for edit in edits if edit)
        files[f"ccipra-{release}r0-f1.TXT"] = HEAD + rows
        files |= {f"ccipra-{release}r0-f{part}.TXT": HEAD for part in (2, 3, 4)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def imported(shipped: Path) -> Path:
    """A home with two releases of each kind."""
    data = Data(shipped.parent / "home-of-two")
    data.accept_licence()
    results = data.import_paths([shipped]).data
    assert {result.outcome for result in results} == {"imported"}, results
    return data.folder.parent


@pytest.fixture(scope="module")
def reference(imported: Path) -> Iterator[Reference]:
    with Reference(imported) as opened:
        yield opened


def lines(answer: Answer[Differences]) -> list[tuple[str, ...]]:
    return [tuple(change) for change in answer.data.changes]


def test_the_fee_schedule(reference: Reference) -> None:
    answer = reference.diff("RVU26B", "RVU26C")
    assert lines(answer) == [
        ("*", "", "changed", "conversion_factor", "32.3465", "33.4009"),
        ("43214", "", "changed", "work", "3.40", "3.32"),
        ("43214", "", "changed", "nonfacility_total", "5.12", "5.04"),
        ("43214", "", "changed", "facility_total", "5.12", "5.04"),
        ("71250", "26", "removed", "",
         "status A; global_days XXX; nonfacility_total 2.49; facility_total 2.49", ""),
        ("71250", "TC", "added", "", "", "status A; global_days XXX; nonfacility_total 2.49; facility_total 2.49"),
    ]  # fmt: skip
    assert (answer.kind, answer.before, answer.after) == ("pfs", "RVU26B", "RVU26C")
    assert answer.counts == (1, 1, 1)
    assert answer.total == 3
    assert [source.release for source in answer.sources] == ["RVU26B", "RVU26C"]


def test_some_codes_and_fields(reference: Reference) -> None:
    # Of codes that are asked for, the conversion factor is told with each.
    [change] = reference.diff("RVU26B", "RVU26C", "27215").changes
    assert change == ("27215", "", "changed", "conversion_factor", "32.3465", "33.4009")
    assert {change.code for change in reference.diff("RVU26B", "RVU26C", "432*", "27215-50").changes} == {
        "27215",
        "43214",
    }
    assert "Not considered: 50." in reference.diff("RVU26B", "RVU26C", "27215-50").warnings[0]
    assert reference.diff("RVU26B", "RVU26C", fields=["WORK"]).counts == (0, 0, 1)
    assert reference.diff("RVU26B", "RVU26C", fields=["Global days"]).changes == ()
    answer = reference.diff("RVU26B", "RVU26C", "43214", "99999")
    assert "In neither release: 99999." in answer.warnings
    with pytest.raises(NotFoundError, match="neither fee schedule RVU26B nor RVU26C has 99999"):
        reference.diff("RVU26B", "RVU26C", "99999")
    with pytest.raises(UsageError, match="no field 'nonsense'"):
        reference.diff("RVU26B", "RVU26C", fields=["nonsense"])


def test_edits_added_deleted_and_changed(reference: Reference) -> None:
    why = f"rationale {WHY.decode()}"
    answer = reference.diff("ptp 2024Q3 practitioner", "2024q4 practitioner")
    assert lines(answer) == [
        ("13121", "13120", "changed", "modifier_indicator", "0", "1"),
        ("43214", "43200", "removed", "deleted", "", "2024-09-30"),
        ("43214", "43202", "removed", "deleted", "", "2014-01-01"),
        ("43214", "43213", "removed", "", f"modifier_indicator 1; effective 2014-01-01; {why}", ""),
        ("43214", "76000", "added", "", "", f"modifier_indicator 1; effective 2024-10-01; {why}"),
        ("43220", "43200", "added", "", "", f"modifier_indicator 1; effective 1996-01-01; {why}"),
        ("43220", "43202", "changed", "effective", "2014-01-01", "2015-01-01"),
        ("43226", "43200", "changed", "history",
         f"modifier_indicator 1; effective 2014-01-01; deleted 2019-12-31; {why}",
         f"modifier_indicator 1; effective 2014-01-01; deleted 2020-12-31; {why}"),
    ]  # fmt: skip
    assert answer.counts == (2, 3, 3)
    assert answer.setting == "practitioner"


@pytest.mark.parametrize("codes", [["43200"], ["43200", "76000"], ["432*"], ["76000"], ["43226"]])
def test_edits_of_some_codes_are_those_of_all_that_name_them(reference: Reference, codes: list[str]) -> None:
    two = ("ptp 2024Q3 practitioner", "ptp 2024Q4 practitioner")
    starts = tuple(code.rstrip("*") for code in codes)
    every = [line for line in lines(reference.diff(*two)) if line[0].startswith(starts) or line[1].startswith(starts)]
    assert every
    assert lines(reference.diff(*two, *codes)) == every


def test_other_kinds(reference: Reference) -> None:
    assert lines(reference.diff("mue 2026Q2 practitioner", "2026Q3 practitioner")) == [
        ("43214", "", "changed", "value", "1", "2")
    ]
    assert lines(reference.diff("add_on 2026Q2", "add-on edits 2026Q3")) == [
        ("43273", "43260", "removed", "deleted", "", "2026-06-29")
    ]
    assert reference.diff("2026Q2", "2026Q3", "43260").total == 1  # by primary
    assert lines(reference.diff("2025Q4", "2026Q1")) == [
        ("A0021", "", "changed", "short", "Our words", "Our new words"),
        ("A0021", "", "changed", "long", "Our words, at length", "Our new words, at length"),
        ("A0080", "", "removed", "ended", "", "2025-12-31"),
        ("A0100", "", "added", "", "", "short New words; coverage D; added 1990-01-01"),
    ]


PAIRS = [
    ("RVU26B", "RVU26C"),
    ("ptp 2024Q3 practitioner", "ptp 2024Q4 practitioner"),
    ("mue 2026Q2 practitioner", "mue 2026Q3 practitioner"),
    ("add_on 2026Q2", "add_on 2026Q3"),
    ("hcpcs 2025Q4", "hcpcs 2026Q1"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_release_does_not_differ_from_itself_and_back_is_the_reverse(
    reference: Reference, before: str, after: str
) -> None:
    assert reference.diff(before, before).changes == ()
    there, back = reference.diff(before, after), reference.diff(after, before)
    assert there.counts == (back.counts.removed, back.counts.added, back.counts.changed)
    assert there.total


def test_names(reference: Reference) -> None:
    with pytest.raises(UsageError, match="different kinds"):
        reference.diff("RVU26C", "2026Q2")
    with pytest.raises(DataNotLoadedError, match="no release 'RVU24A' is loaded") as caught:
        reference.diff("RVU24A", "RVU26C")
    assert "'pfs RVU26B', 'pfs RVU26C'" in caught.value.hint
    assert "hcpcs" not in caught.value.hint
    with pytest.raises(UsageError, match="different settings"):
        reference.diff("mue 2026Q2 dme", "mue 2026Q2 practitioner")
    with pytest.raises(UsageError, match="not a procedure code"):
        reference.diff("RVU26B", "RVU26C", "nonsense")


def test_a_damaged_release_is_named(shipped: Path, tmp_path: Path) -> None:
    data = Data(tmp_path / "home")
    data.accept_licence()
    data.import_paths([shipped / f"PPRRVU2026_{month}_nonQPP.csv" for month in ("Apr", "Jul")])
    (data.folder / "pfs" / "2026-04-01..rvu26b.sqlite").write_bytes(b"junk")
    with Reference(tmp_path / "home") as reference:
        with pytest.raises(DataNotLoadedError) as caught:
            reference.diff("RVU26B", "RVU26C")
        assert "2026-04-01..rvu26b.sqlite cannot be read: `cptref data verify` tells more." in caught.value.hint


def test_an_ambiguous_name(shipped: Path, tmp_path: Path) -> None:
    data = Data(tmp_path / "home")
    data.accept_licence()
    # PTP edits of the quarter that the MUE are of.
    for part in (1, 2, 3, 4):
        (tmp_path / f"ccipra-v321r0-f{part}.TXT").write_bytes((shipped / f"ccipra-v302r0-f{part}.TXT").read_bytes())
    data.import_paths([*tmp_path.glob("*.TXT"), shipped / made.MUE.name])
    with Reference(tmp_path / "home") as opened, pytest.raises(UsageError) as caught:
        opened.diff("2026Q2 practitioner", "2026Q2 practitioner")
    assert {"'mue 2026Q2 practitioner'", "'ptp 2026Q2 practitioner'"} == {
        part.strip(" .") for part in caught.value.hint.removeprefix("Say ").split(" or ")
    }


def test_a_bundled_release_is_compared_for_the_codes_of_the_catalog(shipped: Path, tmp_path: Path) -> None:
    data = Data(tmp_path / "home")
    data.accept_licence()
    data.import_paths([shipped / "PPRRVU2026_Apr_nonQPP.csv"])
    with Reference(tmp_path / "home") as reference:
        answer = reference.diff("RVU26B", "RVU26C", "43214", "27215")
        assert ("43214", "", "changed", "work", "3.40", "3.32") in lines(answer)
        assert {change.code for change in answer.changes} == {"43214"}
        assert len(answer.warnings) == 1
        assert "Not among them: 27215." in answer.warnings[0]
        with pytest.raises(DataNotLoadedError, match="is without 27215"):
            reference.diff("RVU26B", "RVU26C", "27215")
        with pytest.raises(DataNotLoadedError, match="without dates"):
            reference.diff("ptp 2024Q3 practitioner", "ptp 2024Q3 practitioner")


ROWS = st.lists(
    st.tuples(
        st.sampled_from("01"), st.sampled_from(("2014-01-01", "2015-01-01")), st.sampled_from(("", "2014-01-01")),
        st.sampled_from(("x", "y")),
    ),
    max_size=4,
    unique=True,
)  # fmt: skip


@given(old=ROWS, new=ROWS)
def test_any_rows_of_a_pair(old: list[Row], new: list[Row]) -> None:
    judge = Judge("ptp")
    there, back = list(judge.changes("1", "2", old, new)), list(judge.changes("1", "2", new, old))
    assert not list(judge.changes("1", "2", old, old[::-1]))

    def count(changes: list[Change], action: str) -> int:
        return sum(change.action == action for change in changes)

    assert count(there, "added") == count(back, "removed")
    assert count(there, "removed") == count(back, "added")
    assert count(there, "changed") == count(back, "changed")
    told = [row for rows in (old, new) for row in rows if row[1] != row[2]]
    assert there or {row for row in old if row in told} == {row for row in new if row in told}


def test_the_command(run: Run, imported: Path) -> None:
    home = {"CPTREF_HOME": str(imported)}
    done = run("diff", "RVU26B", "RVU26C", **home)
    assert done.returncode == 0, done.stderr
    assert "1 added, 1 removed, 1 changed." in done.stdout
    same = run("diff", "RVU26C", "RVU26C", **home)
    assert (same.returncode, "No difference." in same.stdout) == (1, True)
    assert run("diff", "RVU24A", "RVU26C", **home).returncode == 3
    assert run("diff", "RVU26B", "2026Q2", **home).returncode == 2
    answer = json.loads(run("diff", "RVU26B", "RVU26C", "-", "--json", input="43214\n", **home).stdout)
    assert set(answer["data"]) == {
        "kind", "setting", "before", "after", "codes", "fields", "total", "counts", "changes",
    }  # fmt: skip
    assert answer["data"]["counts"] == {"added": 0, "removed": 0, "changed": 1}
    assert set(answer["data"]["changes"][0]) == {"code", "key", "action", "field", "old", "new"}
    csv = run("diff", "RVU26B", "RVU26C", "43214", "--field", "work", "-f", "csv", **home).stdout
    assert csv == "code,key,action,field,old,new\n43214,,changed,work,3.40,3.32\n"
    assert run("diff", "RVU26C", "RVU26C", "-f", "csv", **home).stdout == "code,key,action,field,old,new\n"
    # Descriptors of an imported file are for the screen.
    assert "27215  our words three" in run("diff", "RVU26B", "RVU26C", "27215", **home).stdout
    assert "our words" not in run("diff", "RVU26B", "RVU26C", "27215", "--json", **home).stdout
    assert "The first 1 of 2 lines" in run("diff", "2024Q3 practitioner", "2024Q4 practitioner", "-n1", **home).stdout


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pfs", ("RVU26B", "RVU26C")),
        ("ptp", ("2024Q3 practitioner", "2024Q4 practitioner")),
        ("hcpcs", ("2025Q4", "2026Q1", "A0021", "A0080")),
    ],
)
def test_the_table(run: Run, imported: Path, snapshot: Snapshot, name: str, arguments: tuple[str, ...]) -> None:
    snapshot(f"diff-{name}-80.txt", run("diff", *arguments, CPTREF_HOME=str(imported), COLUMNS="80").stdout)


def test_a_corrected_file_tells_what_it_changes(run: Run, shipped: Path, tmp_path: Path) -> None:
    data = Data(tmp_path / "home")
    data.accept_licence()
    path = tmp_path / made.MUE.name

    def imported(content: bytes) -> ImportedFile:
        path.write_bytes(content)
        results: list[ImportedFile] = data.import_paths([path]).data
        return results[0]

    more = b"".join(b"%05d,1,1 Line Edit,CMS Policy\n" % code for code in range(20000, 20020))
    assert imported(made.MUE.data + more).changes is None
    assert imported(made.MUE.data + more).changes is None  # unchanged
    corrected = more.replace(b"20000,1", b"20000,2").replace(b"20001,", b"30001,").replace(b"20002,1", b"20002,3")
    result = imported(made.MUE.data + corrected + b"30002,1,1 Line Edit,CMS Policy\n")
    assert (result.outcome, result.changes) == ("replaced", (2, 1, 2))
    home = {"CPTREF_HOME": str(tmp_path / "home")}
    path.write_bytes(made.MUE.data + more)
    assert "Replaced, mue 2026Q2 practitioner: 1 added, 2 removed, 2 changed." in " ".join(
        run("data", "import", str(path), **home).stdout.split()
    )
    path.write_bytes(made.MUE.data + more.replace(b"20000,1", b"20000,7"))
    written = run("data", "import", str(path), "-f", "csv", **home).stdout
    assert written.splitlines()[1].endswith("added 0; removed 0; changed 1")


def test_a_comparison_that_fails_does_not_stop_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Data(tmp_path / "home")
    data.accept_licence()
    path = tmp_path / made.MUE.name
    path.write_bytes(made.MUE.data)
    data.import_paths([path])

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("cptref.importing.count_changes", broken)
    path.write_bytes(made.MUE.data.replace(b"43214,1,", b"43214,5,"))
    [result] = data.import_paths([path])
    assert (result.outcome, result.changes) == ("replaced", None)
