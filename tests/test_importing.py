"""Importing releases: what is read, what is refused, and that the store is never half of anything."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fixtures as made
import pytest
from conftest import Run

from cptref import Reference
from cptref.data import Data
from cptref.errors import NotFoundError, UsageError

MakeHome = Callable[..., Data]
MUE_FILE = "mue/2026-04-01.practitioner.2026q2-practitioner.sqlite"
PFS_FILE = "pfs/2026-07-01..rvu26c.sqlite"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of our own files in CMS's formats: some alone, one zipped, one of no kind."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for file in (made.PFS, made.PFS_TEXT, made.MUE, made.ADD_ON, made.OPPS_A, made.OPPS_B, made.RBCS):
        (folder / file.name).write_bytes(file.data)
    with zipfile.ZipFile(folder / "medicare-ncci-2024q3-f1.zip", "w") as archive:
        for file in (made.PTP, *made.PTP_REST):
            archive.writestr(file.name, file.data)
    (folder / "readme.pdf").write_bytes(b"%PDF-1.7 a layout document")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Data:
    data = Data(tmp_path / "home")
    data.accept_licence()
    return data


def outcomes(data: Data, *paths: Path) -> dict[str, str]:
    return {result.file: result.outcome for result in data.import_paths(paths)}


def test_a_folder_of_files_is_imported_by_content(store: Data, shipped: Path, tmp_path: Path) -> None:
    results = store.import_paths([shipped]).data
    assert Counter(result.outcome for result in results) == {"imported": 6, "passed over": 2}
    assert {result.reason for result in results if result.outcome == "passed over"} == {
        "another form of a file that was read",
        "not a kind of file that cptref reads",
    }
    assert [(r.kind, r.release, r.rows) for r in store.releases()] == [
        ("pfs", "RVU26C", 3),
        ("mue", "2026Q2 practitioner", 3),
        ("add_on", "2026Q2", 3),
        ("ptp", "2024Q3 practitioner", 3),
        ("opps", "2025 final rule", 3),
        ("rbcs", "codes to 2014-01-01", 2),
    ]
    assert not [problem for problem in store.verify() if problem.serious]
    assert {path.suffix for path in store.folder.rglob("*.*")} == {".sqlite", ".json"}


def test_codes_outside_the_catalog_are_answered(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    with Reference(tmp_path / "home") as reference:
        page = reference.show("27215", as_of="2026-08-01")
        assert (page.title, page.descriptors.short, page.payment["status"].value) == ("our words three",) * 2 + ("I",)
        assert page.rvu[0].nonfacility_amount is None
        assert page.description == ""
        [hit] = reference.search("words three", as_of="2026-08-01").hits[:1]
        assert (hit.code, hit.matched) == ("27215", ("descriptor",))
        assert [code.code for code in reference.list("27215-27216", as_of="2026-08-01").codes] == ["27215"]
        assert reference.show("43214", as_of="2026-08-01").descriptors.short == "our words, one"
        assert reference.show("43214", as_of="2026-08-01").title != "our words, one"
        with pytest.raises(NotFoundError, match="neither in the catalog nor in the fee schedule release"):
            reference.show("99999", as_of="2026-08-01")
        with pytest.raises(NotFoundError):
            reference.show("27215", as_of="2020-01-01")


def test_a_code_that_no_release_has_is_not_called_free_of_conflicts(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    with Reference(tmp_path / "home") as reference:
        answer = reference.conflicts("27215", "99999", as_of="2026-08-01")
        assert not answer.complete
        assert "Not in the fee schedule release: 99999. Is it a code?" in answer.warnings


def test_edits_are_in_force_from_their_first_to_their_last_day(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    with Reference(tmp_path / "home") as reference:
        # Of the two rows with one effective date, the one of indicator 9 was never in force.
        [edit] = (e for e in reference.conflicts("13121", "13120", as_of="2024-09-01").edits if e.kind == "ptp")
        assert (edit.modifier_indicator, edit.effective, edit.deleted) == ("0", date(1996, 1, 1), None)
        days = {"2013-12-31": 0, "2014-01-01": 1, "2024-09-30": 1, "2024-10-01": 0}
        found = {
            day: sum(edit.kind == "ptp" for edit in reference.conflicts("43214", "43200", as_of=day).edits)
            for day in days
        }
        assert found == days
        # Deleted edits are there when asked for; those that were never in force are not.
        periods = [
            (edit.effective, edit.deleted)
            for edit in reference.conflicts("43214", deleted=True, as_of="2024-10-01").edits
            if edit.kind == "ptp"
        ]
        assert periods == [(date(2014, 1, 1), date(2024, 9, 30))]
        assert (
            len([e for e in reference.conflicts("13121", deleted=True, as_of="2024-09-01").edits if e.kind == "ptp"])
            == 1
        )


def test_a_release_that_is_imported_overrides_the_catalog_of_its_quarter(
    store: Data, tmp_path: Path, shipped: Path
) -> None:
    changed = made.PFS.data.replace(b"3.32,1.22,NA,1.22,,0.50,5.04,5.04", b"4.32,1.22,NA,1.22,,0.50,6.04,6.04")
    (tmp_path / made.PFS.name).write_bytes(changed)
    store.import_paths([tmp_path / made.PFS.name])
    with Reference(tmp_path / "home") as reference:
        assert str(reference.show("43214", as_of="2026-08-01").rvu[0].work) == "4.32"
    store.remove("RVU26C")
    with Reference(tmp_path / "home") as reference:
        assert str(reference.show("43214", as_of="2026-08-01").rvu[0].work) == "3.32"


def test_the_newest_release_in_force_on_the_date_answers(store: Data, tmp_path: Path) -> None:
    for month, work in (("Jan", b"1.11"), ("Apr", b"2.22")):
        title = f"Relative Value File {month} Release".encode()
        data = made.PFS.data.replace(b"Relative Value File July Release", title).replace(b"3.32,1.22", work + b",1.22")
        (tmp_path / f"PPRRVU2026_{month}.csv").write_bytes(data)
    store.import_paths(tmp_path.glob("*.csv"))
    with Reference(tmp_path / "home") as reference:
        found = {
            day: str(reference.show("43214", as_of=day).rvu[0].work)
            for day in ("2026-01-01", "2026-03-31", "2026-04-01", "2026-07-01")
        }
        assert list(found.values()) == ["1.11", "1.11", "2.22", "3.32"]
        assert reference.show("43214", as_of="2025-12-31").rvu == ()


def test_importing_twice_changes_nothing_and_a_corrected_file_replaces(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(made.MUE.data)
    assert outcomes(store, path) == {made.MUE.name: "imported"}
    assert outcomes(store, path) == {made.MUE.name: "unchanged"}
    path.write_bytes(made.MUE.data.replace(b"43214,1,", b"43214,5,"))
    assert outcomes(store, path) == {made.MUE.name: "replaced"}
    with Reference(tmp_path / "home") as reference:
        assert reference.show("43214", as_of="2026-05-01").mue[0].value == 5


def test_a_file_of_which_too_much_cannot_be_read_is_refused_and_the_old_serves(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(made.MUE.data)
    store.import_paths([path])
    path.write_bytes(made.MUE.data + b"43214,x,3 Date of Service Edit: Clinical,y\n")
    [result] = store.import_paths([path])
    assert (result.outcome, result.reason) == ("refused", "1 lines could not be read, 3 could")
    [release] = store.releases()
    assert (release.rows, release.rejects) == (3, 0)
    assert not list(store.folder.rglob(".*"))


def test_a_few_lines_that_cannot_be_read_are_told(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    good = b"".join(b"%05d,1,1 Line Edit,CMS Policy\n" % code for code in range(20000, 20300))
    path.write_bytes(made.MUE.data + good + b"43214,x,1 Line Edit,y\n")
    [result] = store.import_paths([path])
    assert (result.outcome, result.rows, result.rejects) == ("imported", 303, 1)
    assert [tuple(reject) for reject in result.rejected] == [(311, "not a number of units: 'x'")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("PPRRVU2026_Jul.csv", made.PFS.data.replace(b"BILAT,", b"SIDES,"), "no column 'BILAT SURG'"),
        ("PPRRVU2026_Jul.xlsx", b"PK\x03\x04<html>", "not a readable workbook"),
        ("ccipra.TXT", made.PTP.data, "neither content nor name tells the release"),
        ("MUE.csv", made.MUE.data, "neither content nor name tells the release"),
        (made.MUE.name, made.MUE.data.split(b"43214")[0], "not a row could be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    store: Data, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    [result] = store.import_paths([tmp_path / name])
    assert result.outcome == "refused"
    assert reason in result.reason
    assert list(store.releases()) == []


def test_without_the_licence_nothing_is_imported(tmp_path: Path, shipped: Path) -> None:
    data = Data(tmp_path / "other")
    with pytest.raises(UsageError, match="AMA"):
        data.import_paths([shipped])
    assert not data.folder.exists()
    data.accept_licence()
    record = json.loads((data.folder / "ama-license.json").read_text(encoding="utf-8"))
    assert "American Medical Association" in record["text"]
    assert date.fromisoformat(record["accepted"])


def test_a_part_of_the_edits_is_refused(store: Data, tmp_path: Path) -> None:
    for file in (made.PTP, *made.PTP_REST[:2]):
        (tmp_path / file.name).write_bytes(file.data)
    results = store.import_paths(tmp_path.glob("*.TXT"))
    assert {result.outcome for result in results} == {"refused"}
    assert results[0].reason == "2024Q3 practitioner has four parts; missing: f4"


def test_remove_by_name(store: Data, shipped: Path) -> None:
    store.import_paths([shipped])
    [removed] = store.remove("ptp 2024q3 practitioner")
    assert removed.kind == "ptp"
    with pytest.raises(NotFoundError):
        store.remove("ptp 2024Q3 practitioner")
    assert len(store.releases()) == 5


def test_verify_finds_damage_and_the_rest_still_answers(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    (store.folder / PFS_FILE).write_bytes(b"junk")
    with sqlite3.connect(store.folder / MUE_FILE) as damaged:
        damaged.execute("DELETE FROM mue WHERE code = '43214'")
    damaged.close()
    serious = {problem.release: problem.problem for problem in store.verify() if problem.serious}
    assert serious[MUE_FILE] == "holds 2 rows where 3 were imported"
    assert "cannot be opened" in serious[PFS_FILE]
    with Reference(tmp_path / "home") as reference:
        answer = reference.show("43214", as_of="2026-08-01")
        assert any("2026-07-01..rvu26c.sqlite cannot be read" in warning for warning in answer.warnings)
        assert str(answer.rvu[0].work) == "3.32"


def test_verify_finds_a_digit_that_has_changed(store: Data, shipped: Path) -> None:
    store.import_paths([shipped])
    path = store.folder / PFS_FILE
    data = path.read_bytes()
    assert data.count(b"10.19") == 1
    path.write_bytes(data.replace(b"10.19", b"10.18"))
    assert [(p.release, p.problem) for p in store.verify() if p.serious] == [
        (PFS_FILE, "has changed since it was written; import it again")
    ]


def test_a_release_under_another_date_replaces_the_first(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.CAP.name
    path.write_bytes(made.CAP_CSV)
    store.import_paths([path], release="RVU25D")
    [result] = store.import_paths([path], release="RVU25D", effective="2025-11-01")
    assert result.outcome == "imported"
    assert [(r.release, r.effective) for r in store.releases()] == [("RVU25D", date(2025, 11, 1))]
    with pytest.raises(UsageError, match="not a date"):
        store.import_paths([path], effective="1 November")


def test_a_store_of_a_newer_version_is_left_alone(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    path = store.folder / MUE_FILE
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with Reference(tmp_path / "home") as reference:
        assert any("cannot be read" in warning for warning in reference.show("43214").warnings)


def test_an_import_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path, store: Data) -> None:
    """SIGKILL at random moments of an import that replaces a release: the store verifies each time."""
    rows = b"".join(
        b"%05d\t%05d\t\t19960101\t*\t1\tMisuse of Column Two code with Column One code\r\n" % (one, two)
        for one in range(10000, 10300)
        for two in range(20000, 20300)
    )
    shipped = tmp_path / "ptp"
    shipped.mkdir()
    for file in made.PTP_REST:
        (shipped / file.name).write_bytes(file.data)
    path = shipped / made.PTP.name
    path.write_bytes(made.PTP.data + rows)
    command = [sys.executable, "-m", "cptref", "data", "import", str(shipped)]
    environment = {"CPTREF_HOME": str(tmp_path / "home"), "PATH": ""}
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    whole = time.monotonic() - started
    chance = random.Random(1)  # noqa: S311
    for version in range(50):
        path.write_bytes(made.PTP.data + rows + b"99999\t%05d\t\t19960101\t*\t1\tx\r\n" % version)
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert not [problem for problem in store.verify() if problem.serious]
        [release] = store.releases()
        assert release.rows in (90_003, 90_004)


def test_readers_work_while_an_import_runs(tmp_path: Path, store: Data, shipped: Path) -> None:
    store.import_paths([shipped])
    with Reference(tmp_path / "home") as reference:
        before = reference.show("27215", as_of="2026-08-01").data
        store.import_paths([shipped])
        store.remove("RVU26C")
        assert reference.show("27215", as_of="2026-08-01").data == before


def test_the_data_commands(run: Run, shipped: Path, tmp_path: Path) -> None:
    home = {"CPTREF_HOME": str(tmp_path / "home")}
    assert run("data", "list", **home).returncode == 1
    assert run("data", "verify", **home).returncode == 3
    refused = run("data", "import", str(shipped), **home)
    assert refused.returncode == 2
    assert "--accept-ama-license" in refused.stderr
    done = run("data", "import", "--accept-ama-license", str(shipped), "--json", **home)
    assert done.returncode == 0, done.stderr
    assert {result["outcome"] for result in json.loads(done.stdout)["data"]} == {"imported", "passed over"}
    listed = json.loads(run("data", "list", "--json", **home).stdout)["data"]
    assert {"kind", "release", "effective", "rows", "rejects", "sha256", "imported"} <= set(listed[0])
    assert "RVU26C" in run("data", "list", **home).stdout
    assert run("data", "path", **home).stdout.strip() == str(tmp_path / "home" / "releases")
    assert "Every release is whole" in run("data", "verify", **home).stdout
    assert run("data", "remove", "RVU26C", **home).returncode == 0
    assert run("data", "remove", "RVU26C", **home).returncode == 1
    assert run("data", "import", str(tmp_path / "absent.zip"), **home).returncode == 2
    assert run("data", "import", str(shipped / "readme.pdf"), **home).returncode == 1
    assert "Imported descriptors" not in run("show", "43214", **home).stdout


def test_a_page_names_whose_descriptor_it_shows(run: Run, shipped: Path, tmp_path: Path) -> None:
    home = {"CPTREF_HOME": str(tmp_path / "home")}
    run("data", "import", "--accept-ama-license", str(shipped), **home)
    shown = run("show", "27215", "--as-of", "2026-08-01", **home).stdout
    assert "Imported descriptors (copyright American Medical Association):\n- short: our" in shown


def test_an_older_whole_release_answers_for_codes_that_the_catalog_does_not_hold(store: Data, tmp_path: Path) -> None:
    data = made.PFS.data.replace(b"Relative Value File July Release", b"Relative Value File April Release")
    (tmp_path / "PPRRVU2026_Apr.csv").write_bytes(data)
    store.import_paths([tmp_path / "PPRRVU2026_Apr.csv"])
    with Reference(tmp_path / "home") as reference:
        outside, inside = (reference.show(code, as_of="2026-08-01") for code in ("27215", "43214"))
        assert [source.release for source in outside.sources if source.kind == "pfs"] == ["RVU26B"]
        assert [source.release for source in inside.sources if source.kind == "pfs"] == ["RVU26C"]
        assert any("RVU26B (2026-06-30)" in warning for warning in outside.warnings)
        listed = {code.code: code.status for code in reference.list("27215-27299", as_of="2026-08-01").codes}
        assert listed["27215"] == "I"
        # The bundled MUE and add-on tables are of the catalog's codes: of another they tell nothing.
        assert (outside.mue, outside.mue_unpublished, outside.add_on) == ((), (), None)
        assert any("Of 27215 no MUE are loaded" in warning for warning in outside.warnings)


def test_a_code_that_only_another_release_has_is_answered(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(made.MUE.data + b"0001U,1,2 Date of Service Edit: Policy,CMS Policy\n")
    store.import_paths([path])
    with Reference(tmp_path / "home") as reference:
        assert reference.show("0001U", as_of="2026-05-01").mue[0].value == 1


def test_a_code_that_is_listed_without_a_descriptor_is_still_a_code(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.PFS.name
    path.write_bytes(made.PFS.data.replace(b"27215,,our words three", b"D0120,,words of the ADA"))
    store.import_paths([path])
    with Reference(tmp_path / "home") as reference:
        assert [(c.code, c.title) for c in reference.list("D01*", as_of="2026-08-01").codes] == [("D0120", "")]
        assert reference.show("D0120", as_of="2026-08-01").descriptors.short is None
        warnings = reference.conflicts("D0120", "43214", as_of="2026-08-01").warnings
        assert not any("Is it a code?" in warning for warning in warnings)
        with pytest.raises(NotFoundError, match="neither the catalog nor the fee schedule release"):
            reference.list("D02*", as_of="2026-08-01")


def test_lines_that_were_rejected_leave_no_edit_an_open_question(store: Data, tmp_path: Path) -> None:
    good = b"".join(b"10121\t%05d\t\t19960101\t*\t1\tx\r\n" % two for two in range(20000, 20300))
    for file in made.PTP_REST:
        (tmp_path / file.name).write_bytes(file.data)
    (tmp_path / made.PTP.name).write_bytes(made.PTP.data + good + b"10121\t99999\t\t19960101\t*\tX\tx\r\n")
    store.import_paths(tmp_path.glob("*.TXT"))
    with Reference(tmp_path / "home") as reference:
        answer = reference.conflicts("10121", "43214", as_of="2024-09-01")
        assert not answer.complete
        assert any("1 lines of PTP edits 2024Q3 practitioner could not be read" in w for w in answer.warnings)
    assert any("1 lines of the file could not be read" in problem.problem for problem in store.verify())


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_file_that_was_cut_off_is_refused(store: Data, tmp_path: Path, cut: int) -> None:
    for file in made.PTP_REST:
        (tmp_path / file.name).write_bytes(file.data)
    (tmp_path / made.PTP.name).write_bytes(made.PTP.data[:-cut])
    results = store.import_paths(tmp_path.glob("*.TXT")).data
    assert [result.reason for result in results] == ["ccipra-v302r0-f1.TXT is cut off: its last line does not end"]


def test_a_release_that_has_shrunk_does_not_replace_the_whole_one(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(made.MUE.data)
    store.import_paths([path])
    path.write_bytes(made.MUE.data.rpartition(b"A4253")[0])
    [result] = store.import_paths([path])
    assert (result.outcome, result.reason) == ("refused", "2 rows where 3 are imported; remove that release first")


def test_the_file_of_qualifying_participants_is_a_release_beside_the_other(store: Data, tmp_path: Path) -> None:
    qualifying = made.PFS.data.replace(b"33.4009", b"33.5675")
    (tmp_path / "PPRRVU2026_Jul_QPP.csv").write_bytes(qualifying)
    (tmp_path / "PPRRVU2026_Jul_nonQPP.csv").write_bytes(made.PFS.data)
    assert set(outcomes(store, *tmp_path.glob("*.csv")).values()) == {"imported"}
    assert {release.release for release in store.releases()} == {"RVU26C", "RVU26C qp"}
    # The factor tells as well, where the name does not.
    (tmp_path / "PPRRVU2026_Jul.csv").write_bytes(qualifying)
    [result] = store.import_paths([tmp_path / "PPRRVU2026_Jul.csv"])
    assert (result.release, result.outcome) == ("RVU26C qp", "unchanged")
    with Reference(tmp_path / "home") as reference:
        assert str(reference.show("43214", as_of="2026-08-01").rvu[0].conversion_factor) == "33.4009"


def test_the_newest_revision_of_the_edits_is_taken_whole(store: Data, tmp_path: Path) -> None:
    for file in (made.PTP, *made.PTP_REST):
        (tmp_path / file.name).write_bytes(file.data)
        newer = file.data + (b"99203\t36415\t\t20240701\t*\t1\tx\r\n" if file is made.PTP else b"")
        (tmp_path / file.name.replace("r0", "r1")).write_bytes(newer)
    found = Counter(outcomes(store, *tmp_path.glob("*.TXT")).values())
    assert found == {"imported": 1, "passed over": 4}
    assert next(iter(store.releases())).rows == 4
    (tmp_path / "ccipra-v302r1-f3.TXT").unlink()
    assert set(outcomes(store, *tmp_path.glob("*.TXT")).values()) == {"passed over", "refused"}


def test_one_damaged_file_does_not_bring_down_the_others(store: Data, shipped: Path, tmp_path: Path) -> None:
    store.import_paths([shipped])
    path = store.folder / MUE_FILE
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"\xee" * 8192
    path.write_bytes(data)
    assert len(store.releases()) == 5
    assert [p.release for p in store.verify() if p.serious] == [MUE_FILE]
    with Reference(tmp_path / "home") as reference:
        assert any(path.name in warning for warning in reference.show("43214", as_of="2026-08-01").warnings)
    store.remove(MUE_FILE)
    assert not [p for p in store.verify() if p.serious]


def test_odd_folders_and_paths_do_not_stop_the_rest(store: Data, shipped: Path, tmp_path: Path) -> None:
    (shipped / "loop").symlink_to(shipped)
    (shipped / "notes.txt").write_text('"never closed ' + "x" * 200_000)
    (shipped / "inner.zip").write_bytes(b"PK\x03\x04 cut off")
    os.mkfifo(shipped / "pipe")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 cut off")
    results = store.import_paths(
        [tmp_path / "absent", broken, *(p for p in shipped.iterdir() if p.name != "inner.zip")]
    )
    found = Counter(result.outcome for result in results)
    assert found["imported"] == 6
    assert {result.reason.split(":")[0] for result in results if result.outcome == "refused"} >= {
        f"cannot read {tmp_path / 'absent'}",
        "cannot read broken.zip",
    }


def test_what_a_killed_import_left_is_removed(store: Data, shipped: Path) -> None:
    left = store.folder / "pfs" / ".cptref-x.tmp"
    left.parent.mkdir()
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    store.import_paths([shipped])
    assert not left.exists()
