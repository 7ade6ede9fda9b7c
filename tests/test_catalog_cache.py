"""The compiled catalog: made once, whole or not at all, and done without where it cannot be kept."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run

from cptref import Reference
from cptref.opening import Home, home_folders, open_store


def compiled(home: Path) -> list[Path]:
    return list(home.glob("catalog-*.sqlite"))


def test_the_first_run_compiles_and_the_second_does_not(tmp_path: Path) -> None:
    Reference(tmp_path).close()
    [path] = compiled(tmp_path)
    made = path.stat().st_mtime_ns
    with Reference(tmp_path) as again:
        assert again.show("31243").code == "31243"
    assert path.stat().st_mtime_ns == made
    assert list(tmp_path.iterdir()) == [path]


def test_home_is_as_given_else_of_the_environment_else_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPTREF_HOME", "/somewhere")
    assert home_folders().cache == Path("/somewhere")
    assert home_folders("/else").cache == Path("/else")
    monkeypatch.delenv("CPTREF_HOME")
    assert "cptref" in str(home_folders().cache)


@pytest.mark.parametrize("junk", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_broken_file_is_compiled_anew(tmp_path: Path, junk: bytes) -> None:
    Reference(tmp_path).close()
    [path] = compiled(tmp_path)
    path.write_bytes(junk)
    with Reference(tmp_path) as reference:
        assert reference.show("31243").code == "31243"
    with sqlite3.connect(path) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


def test_where_the_home_is_a_file_the_answer_comes_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with Reference(tmp_path / "home") as reference:
        answer = reference.show("31243")
    assert answer.title
    assert any("cannot be written" in warning for warning in answer.warnings)
    assert (tmp_path / "home").read_text() == "in the way"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cptref.store.build.os.replace", full)
    store, warnings = open_store(Home(tmp_path, tmp_path / "releases"))
    assert store.code_count() >= 400
    store.close()
    assert "No space left on device" in warnings[0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_output_is_one_line_of_error() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cptref", "show", "31243"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "cptref: cannot write the answer: No space left on device\n"


def test_first_runs_at_once_do_no_harm(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cptref", "show", "31243", "--json"]
    environment = {**os.environ, "CPTREF_HOME": str(tmp_path)}
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    results = [process.communicate(timeout=60) for process in running]
    assert len({out for out, _ in results}) == 1
    assert [process.returncode for process in running] == [0] * 4
    assert len(list(tmp_path.iterdir())) == 1


def test_what_old_versions_left_is_removed(tmp_path: Path) -> None:
    old, recent, broken_off = (
        tmp_path / n for n in ("catalog-0.0.1-0.sqlite", "catalog-9.9.9-0.sqlite", ".cptref-x.tmp")
    )
    for path in (old, recent, broken_off):
        path.write_bytes(b"")
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    os.utime(broken_off, (long_ago, long_ago))
    Reference(tmp_path).close()
    assert not old.exists()
    assert not broken_off.exists()
    assert recent.exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which not even root may write")
def test_a_home_that_cannot_be_written(run: Run) -> None:
    done = run("show", "31243", CPTREF_HOME="/proc/cptref")
    assert done.returncode == 0
    assert "The cache /proc/cptref cannot be written" in done.stdout
