"""The user's store of imported releases: what `cptref data` does. Programs call it as they call `Reference`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cptref.errors import DataNotLoadedError, NotFoundError, StoreError, UsageError
from cptref.model.answer import Answer
from cptref.model.kinds import KINDS
from cptref.model.rows import Release
from cptref.model.store import FetchedRelease, ImportedFile, Problem, StoredRelease
from cptref.model.syntax import parse_day, shown
from cptref.opening import data_folder, home_folders
from cptref.store.files import problems, release_at, release_files

if TYPE_CHECKING:
    from cptref.fetching.download import Limits

LICENCES = {
    "ama": "CPT codes and descriptors are copyright the American Medical Association. By importing files that hold "
    "them you accept the terms under which CMS or the AMA let you have them: they stay on this machine, for your use.",
    "ada": "Dental codes (D codes) and their descriptors are copyright the American Dental Association. By importing "
    "them you accept the terms under which CMS let you have them: they stay on this machine, for your own use.",
}

# Said before a download: CMS shows the terms themselves before its own.
FETCH_TERMS = (
    "CMS gives these files out under the AMA's licence, which is to be read at https://www.cms.gov/license/ama. "
    "By fetching them you accept it."
)


class Data:
    """The releases that a user has imported. `home` is as for `Reference`."""

    def __init__(self, home: str | os.PathLike[str] | None = None) -> None:
        self.folder = home_folders(home).releases

    def licence_accepted(self, owner: str = "ama") -> bool:
        """Whether the user has accepted an owner's terms (`ama` or `ada`) for this store."""
        return self._licence(owner).is_file()

    def accept_licence(self, owner: str = "ama") -> None:
        """Record the acceptance, with the day and the text."""
        record = {"accepted": _today().isoformat(), "text": LICENCES[owner]}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._licence(owner).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"cannot write to {self.folder}: {error.strerror or error}") from error

    def import_paths(
        self,
        paths: Iterable[str | os.PathLike[str]],
        workers: int = 1,
        progress: Callable[[int, int, str], None] = lambda *_: None,
        *,
        release: str | None = None,
        effective: date | str | None = None,
        agree: Callable[[str], bool] = lambda _: False,
    ) -> Answer[list[ImportedFile]]:
        """Import the CMS files at paths. Where they hold CPT content, the AMA's licence must have been accepted.

        With more than one worker, releases are read in processes of their own, which import the caller's main module.
        `progress` is called with the number of releases done, that of all, and what became of the last. `release` and
        `effective` go before what the files say of their release. `agree` is asked with the terms that are not yet
        accepted. UsageError if they are not.
        """
        from cptref.importing import import_paths
        from cptref.planning import Override

        override = Override(release, None if effective is None else parse_day(effective))
        permit = partial(self._permit, agree)
        results = import_paths(self.folder, map(Path, paths), workers, progress, override, permit)
        return Answer("data import", _today(), results)

    def fetch(
        self,
        releases: Iterable[str] = (),
        base_url: str | None = None,
        to: str | os.PathLike[str] | None = None,
        workers: int = 1,
        progress: Callable[[int, int, str], None] = lambda *_: None,
        limits: Limits | None = None,
        agree: Callable[[str], bool] = lambda _: False,
    ) -> Answer[list[FetchedRelease]]:
        """Download releases from CMS, or from a mirror at `base_url`, and import them. The licence must be accepted.

        They go by their names (`RVU26C`, `ptp 2026Q3 practitioner`), by kind or by quarter; without a name it is the
        newest of each kind. With `to` they are left in that folder and not imported. `progress` is called with what
        is done of what there is to do, and its name: bytes of a file, then releases.
        """
        from cptref.fetching import addresses
        from cptref.fetching.download import Limits, Server
        from cptref.fetching.fetch import Fetch

        self._permit(agree, cpt=True)
        table = addresses.read(data_folder() / "addresses.toml")
        server = Server(base_url or table.base, limits or Limits())
        wanted = addresses.wanted(releases, table)

        def importer(paths: list[Path]) -> list[ImportedFile]:
            return self.import_paths(paths, workers, progress).data

        folder = Path(to) if to else self.folder.parent / "downloads"
        fetch = Fetch(server, table.base, folder, progress, None if to else importer)
        return Answer("data fetch", _today(), fetch.releases(wanted, _today()))

    def releases(self) -> Answer[list[StoredRelease]]:
        """The imported releases, by kind and date."""
        found = [release for file in release_files(self.folder) if (release := release_at(file.path))]
        return Answer("data list", _today(), [_stored(release) for release in found])

    def remove(self, name: str) -> Answer[list[StoredRelease]]:
        """Remove a release by its name, kind and name, or file (`RVU26C`, `ptp 2024Q3 hospital`).

        One that cannot be read goes by the name of its file.
        """
        wanted = " ".join(name.split()).lower()
        asked = {}
        for file in release_files(self.folder):
            release = release_at(file.path)
            names = {file.path.name, f"{file.kind}/{file.path.name}"} | (
                {release.name, f"{release.kind} {release.name}"} if release else set()
            )
            if wanted in {known.lower() for known in names}:
                asked[file] = release
        if len(asked) > 1:
            several = " or ".join(f"'{file.kind} {release.name}'" for file, release in asked.items() if release)
            raise UsageError(f"'{shown(name)}' is more than one release", f"Say {several}.")
        if not asked:
            raise NotFoundError(f"no release '{shown(name)}' is imported", "`cptref data list` has their names.")
        [(file, release)] = asked.items()
        try:
            file.path.unlink()
        except OSError as error:
            raise StoreError(f"cannot write to {self.folder}: {error.strerror or error}") from error
        return Answer("data remove", _today(), [_stored(release)] if release else [])

    def verify(self) -> Answer[list[Problem]]:
        """Check every file of the store, and tell what the releases do not cover."""
        files = list(release_files(self.folder))
        if not files:
            raise DataNotLoadedError("no release is imported", "`cptref data import PATH` imports CMS releases.")
        found = [
            Problem(f"{file.kind}/{file.path.name}", text, serious=True) for file in files for text in problems(file)
        ]
        releases = [release for file in files if (release := release_at(file.path))]
        found += [
            Problem(f"{r.kind} {r.name}", f"{r.rejects:,} lines of the file could not be read", serious=False)
            for r in releases
            if r.rejects
        ]
        return Answer("data verify", _today(), found + _gaps(releases))

    def _permit(self, agree: Callable[[str], bool], cpt: bool) -> bool:
        """Whether descriptors of dental codes may be read. UsageError for CPT content without the AMA's licence."""
        if cpt and not self.licence_accepted():
            if not agree(LICENCES["ama"]):
                raise UsageError(
                    "the files carry CPT content of the AMA", "--accept-ama-license accepts its terms, once."
                )
            self.accept_licence()
        return self.licence_accepted("ada")

    def _licence(self, owner: str) -> Path:
        return self.folder / f"{owner}-license.json"


def _gaps(releases: list[Release]) -> list[Problem]:
    """The dates of service that no release of a kind and setting covers: before, between and after them."""
    by_kind: dict[tuple[str, str], list[Release]] = {}
    for release in releases:  # by date
        by_kind.setdefault((release.kind, release.setting), []).append(release)
    day = timedelta(days=1)
    found = []
    for (kind, setting), of_kind in by_kind.items():
        gaps = []
        if not KINDS[kind].dated and of_kind[0].effective > date.min:
            gaps.append(f"before {of_kind[0].effective}")
            gaps += [
                f"from {before.ends + day} to {after.effective - day} ({before.name} answers)"
                for before, after in pairwise(of_kind)
                if after.effective - before.ends > day
            ]
        if of_kind[-1].ends < _today():
            gaps.append(f"after {of_kind[-1].ends}")
        if gaps:
            text = f"nothing for dates of service {', '.join(gaps)}"
            found.append(Problem(f"{kind} {setting}".strip(), text, serious=False))
    return found


def _stored(release: Release) -> StoredRelease:
    return StoredRelease(
        release.kind,
        release.name,
        release.effective,
        release.ends,
        release.rows,
        release.rejects,
        release.sha256,
        release.imported,
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011  the day where the user is
