"""Opening the store: the bundled catalog, compiled once per version into the user's cache, and the imported releases.

TOML is read on the first run only, or when the files have changed, as in a checkout. The compiled store is written
beside its final name and renamed into place, so that two first runs at once do no harm. Where the cache cannot be
written, the catalog is compiled in memory each time, and a warning says so.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from cptref import __version__
from cptref.errors import CatalogError, UsageError
from cptref.store.connect import SCHEMA, Connection, open_file
from cptref.store.files import release_files
from cptref.store.read import Store

if TYPE_CHECKING:
    from cptref.store.build import Batch

_PACKAGE = Path(__file__).parent
_FILES = (
    "codes.toml",
    "facts.toml",
    "indicators.toml",
    "modifiers.toml",
    "notes.toml",
    "places_of_service.toml",
    "ptp_edits.toml",
    "vocabulary.toml",
)
_RULES = ("tellings.toml",)
_OLD = 30 * 24 * 3600


def data_folder() -> Path:
    """Where the TOML files are: within the installed package, else, in a checkout, at its top."""
    for folder in (_PACKAGE / "data", _PACKAGE.parent.parent / "data"):
        if (folder / "codes.toml").is_file():
            return folder
    raise CatalogError("the bundled catalog is missing", "Install cptref again.")


class Home(NamedTuple):
    """The folders that cptref keeps its files in: what can be made again, and what the user has imported."""

    cache: Path
    releases: Path


def home_folders(home: str | os.PathLike[str] | None = None) -> Home:
    """Both in one folder if one is given or CPTREF_HOME names one, else where the platform keeps such files."""
    chosen = home or os.environ.get("CPTREF_HOME")
    if chosen:
        try:
            folder = Path(chosen).expanduser()
        except RuntimeError as error:
            raise UsageError(f"CPTREF_HOME cannot be a folder: {error}", "Give it a folder's path.") from error
        return Home(folder, folder / "releases")
    from platformdirs import user_cache_path, user_data_path

    return Home(user_cache_path("cptref", appauthor=False), user_data_path("cptref", appauthor=False) / "releases")


def open_store(home: Home) -> tuple[Store, list[str]]:
    """The catalog and all imported releases, and a warning if the catalog could not be kept."""

    def read(data: Path) -> Iterable[Batch]:
        from cptref.sources import catalog

        return catalog.read(data)

    catalog, warnings = _compiled(home.cache, "catalog", _FILES, read)
    return Store(catalog, list(release_files(home.releases))), warnings


def read_tellings(home: Home) -> dict[str, Any]:
    """The rules by which notes tell of procedures, as `sources.tellings` compiles them, apart: only `suggest` asks."""

    def read(data: Path) -> Iterable[Batch]:
        from cptref.sources import catalog

        return catalog.read_tellings(data)

    rules, _ = _compiled(home.cache, "tellings", _RULES, read)
    with closing(Store(rules, [])) as store:
        return store.tellings()


def _compiled(
    home: Path, name: str, files: Sequence[str], read: Callable[[Path], Iterable[Batch]]
) -> tuple[Connection, list[str]]:
    """What some files are compiled to, kept in the home, and a warning if it could not be kept."""
    data = data_folder()
    path = home / f"{name}-{_stamp(data, files)}.sqlite"
    compiled = open_file(path)
    if compiled is not None:
        return compiled, []
    from cptref.store.build import build, save

    built = build(read(data))
    warnings = []
    try:
        home.mkdir(parents=True, exist_ok=True)
        save(built, path)
        _tidy(home, path, name)
    except OSError as error:
        why = error.strerror or str(error)
        warnings.append(f"The cache {home} cannot be written ({why}): every run compiles the catalog anew.")
    return built, warnings


def _stamp(data: Path, files: Sequence[str]) -> str:
    """Changes with the version, the schema and the files."""
    seen = [__version__, str(SCHEMA)]
    for name in files:
        try:
            status = (data / name).stat()
        except OSError as error:
            raise CatalogError(f"the bundled catalog lacks {name}", "Install cptref again.") from error
        seen.append(f"{status.st_size}-{status.st_mtime_ns}")
    return f"{__version__}-{crc32('/'.join(seen).encode()):08x}"


def _tidy(home: Path, keep: Path, name: str) -> None:
    """Remove what older versions and broken-off runs have left."""
    for path in (*home.glob(f"{name}-*.sqlite"), *home.glob(".cptref-*.tmp")):
        with suppress(OSError):
            if path != keep and time.time() - path.stat().st_mtime > _OLD:
                path.unlink()
