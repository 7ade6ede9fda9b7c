"""Files that are not what they should be: each ends in a reason, and nothing that was there is lost."""

import os
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import fixtures as made
import pytest
from conftest import Run

from cptref.data import Data
from cptref.sources import files
from cptref.sources.files import SourceFile, find_files

MUE_DATA = made.MUE.data


@pytest.fixture
def store(tmp_path: Path) -> Data:
    data = Data(tmp_path / "home")
    data.accept_licence()
    return data


def only(store: Data, path: Path) -> tuple[str, str]:
    [result] = store.import_paths([path])
    return result.outcome, result.reason


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "..\\evil.csv"])
def test_a_member_that_points_elsewhere_is_read_and_never_written(store: Data, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if store.folder not in path.parents}
    path = zipped(tmp_path / "Eff_04-01-2026.zip", (name, MUE_DATA))
    assert only(store, path) == ("imported", "")
    after = {path for path in tmp_path.rglob("*") if store.folder not in path.parents}
    assert after - before == {path}


def test_a_member_that_unpacks_to_too_much_is_refused(
    store: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LARGEST", 1_000_000)
    path = zipped(tmp_path / "bomb.zip", ("MUE.csv", bytes(2_000_000)))
    outcome, reason = only(store, path)
    assert outcome == "refused"
    assert "MUE.csv unpacks to 2,000,000 bytes" in reason


def test_a_member_that_lies_about_its_length_is_refused(store: Data, tmp_path: Path) -> None:
    path = zipped(tmp_path / "Eff_04-01-2026.zip", ("MUE.csv", MUE_DATA + b"20000,1,1 Line Edit,CMS Policy\n" * 50))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", len(MUE_DATA))
    path.write_bytes(data)
    outcome, reason = only(store, path)
    assert outcome == "refused"
    assert "Bad CRC-32" in reason


def test_a_file_of_two_gigabytes_is_refused_unread(store: Data, tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.truncate(2**31)  # no byte of it is on the disk
    outcome, reason = only(store, path)
    assert outcome == "refused"
    assert "larger than any that CMS ships" in reason


def test_a_line_without_an_end_is_refused(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(MUE_DATA + b'43214,"' + b"x" * 5_000_000 + b"\n")
    outcome, reason = only(store, path)
    assert outcome == "refused"
    assert "field larger than field limit" in reason


@pytest.mark.parametrize(
    "data",
    [
        MUE_DATA.decode("cp1252").encode("utf-16"),
        b"\xef\xbb\xbf" + MUE_DATA.decode("cp1252").encode("utf-8"),
        MUE_DATA.replace(b"\n", b"\r\n"),
    ],
    ids=["utf-16", "utf-8 with a mark", "CRLF"],
)
def test_an_export_in_another_encoding_gives_the_same(store: Data, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(data)
    assert only(store, path) == ("imported", "")
    assert next(iter(store.releases())).rows == 3


def test_utf_16_without_a_mark_is_no_kind_of_file(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(MUE_DATA.decode("cp1252").encode("utf-16-le"))
    assert only(store, path)[0] == "passed over"


def test_swapped_columns_are_found_by_their_names_or_refused(store: Data, tmp_path: Path) -> None:
    lines = made.GPCI_CSV.decode().split("\n")
    for number in (2, 3, 4):  # the header and the localities
        cells = lines[number].split(",")
        cells[6], cells[7] = cells[7], cells[6]
        lines[number] = ",".join(cells)
    swapped = SourceFile("GPCI2026.csv", "\n".join(lines).encode())
    from cptref.sources import gpci

    assert list(gpci.read(swapped)) == list(gpci.read(made.GPCI))
    path = tmp_path / made.PTP.name
    path.write_bytes(made.PTP_TXT.replace(b"Column 1\tColumn 2", b"Column 2\tColumn 1"))
    for file in made.PTP_REST:
        (tmp_path / file.name).write_bytes(file.data)
    [result] = store.import_paths(tmp_path.glob("*.TXT"))
    assert (result.outcome, "not the header of an edit file" in result.reason) == ("refused", True)
    mue = tmp_path / made.MUE.name
    mue.write_bytes(
        MUE_DATA.replace(
            b"Practitioner Services MUE Values,MUE Adjudication Indicator",
            b"MUE Adjudication Indicator,Practitioner Services MUE Values",
        )
    )
    assert only(store, mue)[0] == "passed over"


@pytest.mark.parametrize("name", ["MUE.xlsx", "MUE.csv", "rvu26c.zip"])
def test_a_web_page_is_no_file(store: Data, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\r\n<!DOCTYPE html><html><body>Accept the license</body></html>\n")
    assert only(store, path)[0] == "refused"


def test_a_workbook_that_is_another_zip_is_refused(store: Data, tmp_path: Path) -> None:
    path = zipped(tmp_path / "MUE.xlsx", ("a.txt", b"text"))
    outcome, reason = only(store, path)
    assert outcome == "refused"
    assert "not a readable workbook" in reason


def test_a_disk_that_is_full_keeps_what_was_there(store: Data, tmp_path: Path) -> None:
    path = tmp_path / made.MUE.name
    path.write_bytes(MUE_DATA)
    store.import_paths([path])
    rows = b"".join(b"%05d,1,1 Line Edit,CMS Policy\n" % code for code in range(10000, 30000))
    path.write_bytes(MUE_DATA + rows)
    limited = subprocess.run(
        [sys.executable, "-m", "cptref", "data", "import", str(path)],
        env={**os.environ, "CPTREF_HOME": str(tmp_path / "home"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        # A file cannot grow beyond this, as on a disk without room.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )
    assert limited.returncode == 2, limited.stderr
    assert "refused" in limited.stdout
    assert "Traceback" not in limited.stderr
    assert [(release.release, release.rows) for release in store.releases()] == [("2026Q2 practitioner", 3)]
    assert not [problem for problem in store.verify() if problem.serious]
    assert not list(store.folder.rglob("*.tmp"))


def test_a_store_that_cannot_be_written_is_said_in_a_line(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "releases").write_text("a file where the folder should be")
    (tmp_path / made.GPCI.name).write_bytes(made.GPCI_CSV)
    failed = run("data", "import", str(tmp_path / made.GPCI.name), CPTREF_HOME=str(home))
    assert failed.returncode == 2
    assert failed.stderr.startswith("cptref: cannot write to ")
    assert failed.stderr.count("\n") == 1
    assert "31243" in run("show", "31243", CPTREF_HOME=str(home)).stdout


def test_escapes_and_markup_in_descriptors_are_shown_as_they_are(run: Run, store: Data, tmp_path: Path) -> None:
    (tmp_path / "LONGULT.txt").write_bytes(made.AMA_LONG)
    store.import_paths([tmp_path / "LONGULT.txt"])
    home = {"CPTREF_HOME": str(tmp_path / "home"), "FORCE_COLOR": "1"}
    for command in (("show", "27215"), ("list", "27215"), ("search", "our", "long", "words")):
        shown = run(*command, "--as-of", "2026-08-01", **home).stdout
        assert "\x1b[31mwords" not in shown, command
        assert "[bold]our" in shown, command


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c.csv").write_bytes(b"1")
    assert [found.name for found in find_files(tmp_path)] == ["c.csv"]
