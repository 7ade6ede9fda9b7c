"""Fixtures for all tests. Nothing here or in a test can write to the real home folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cptref import Reference
from cptref.notes.tellings import Tellings
from cptref.notes.words import NoteWords, note_words
from cptref.opening import home_folders, read_tellings

ROOT = Path(__file__).parent.parent
SNAPSHOTS = ROOT / "tests" / "snapshots"
# A day that the bundled fee schedule covers, so that answers do not change with the calendar.
DAY = "2026-07-15"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots anew instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder for the whole run: the user's own is out of reach, even of a test that forgets it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("CPTREF_HOME", str(folder / "cptref"))
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CPTREF_DEBUG", "XDG_CACHE_HOME"):
            patch.delenv(name, raising=False)
        yield folder / "cptref"


@pytest.fixture(scope="session")
def reference(home: Path) -> Iterator[Reference]:
    with Reference(home) as opened:
        yield opened


@pytest.fixture(scope="session")
def words(reference: Reference) -> NoteWords:
    """The words that notes are read with."""
    return note_words(reference._store.note_words())


@pytest.fixture(scope="session")
def tellings() -> Tellings:
    """The rules by which notes tell of procedures."""
    return Tellings(read_tellings(home_folders()))


@pytest.fixture(scope="session")
def cms() -> Path:
    """The folder of real CMS files; tests that need it are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("CPTREF_CMS_DIR") or ROOT.parent / "shared" / "cms")
    if not folder.is_dir():
        pytest.skip("no CMS files: set CPTREF_CMS_DIR to a folder of them")
    return folder


@pytest.fixture
def run() -> Run:
    """Run the command line for real, as a process of its own."""

    def runner(*arguments: str, input: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "cptref", *arguments],
            input=input,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            check=False,
            timeout=60,
        )

    return runner


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a stored one; `--update-snapshots` stores it."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
