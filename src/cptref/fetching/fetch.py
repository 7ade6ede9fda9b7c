"""Fetching releases: found on CMS's pages or by the table, downloaded, imported, and the downloads removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from cptref.errors import FetchError, NotFoundError, SourceError
from cptref.fetching.addresses import Series, Wanted, earlier, file_name
from cptref.fetching.download import Progress, Server
from cptref.model.store import FetchedFile, FetchedRelease, ImportedFile
from cptref.sources.naming import Quarter

Importer = Callable[[list[Path]], list[ImportedFile]]

# How many quarters to look at for the newest release.
_QUARTERS = 4
_TAKEN = ("imported", "replaced", "unchanged")


class Fetch:
    """Downloads into a folder, and imports each release unless there is no importer. `site` has CMS's own pages."""

    def __init__(self, server: Server, site: str, folder: Path, progress: Progress, importer: Importer | None) -> None:
        self._server = server
        self._site = site
        self._folder = folder
        self._progress = progress
        self._importer = importer
        self._pages: dict[str, str] = {}

    def releases(self, releases: Iterable[Wanted], today: date) -> list[FetchedRelease]:
        """Fetch releases one after the other; what is wrong with one is told in its result.

        StoreError where the folder cannot be written.
        """
        done = [self._release(series, [quarter] if quarter else _newest(today)) for series, quarter in releases]
        if self._importer:
            with suppress(OSError):  # it has downloads that were not imported, or is not there
                self._folder.rmdir()
        return done

    def _release(self, series: Series, quarters: list[Quarter]) -> FetchedRelease:
        """The release of the first of the quarters that is there."""
        host = self._server.host
        if self._pages and not self._server.answered:  # as it has not for the release before
            return self._result(series, quarters[0], "failed", f"{host} does not answer")
        for quarter in quarters:
            try:
                files = self._download(series, quarter)
            except NotFoundError:
                continue
            except SourceError as error:
                return self._result(series, quarter, "refused", error.message)
            except FetchError as error:
                return self._result(series, quarter, "failed", error.message)
            result = self._result(series, quarter, "downloaded")._replace(files=tuple(files))
            return _imported(result, self._importer, self._folder) if self._importer else result
        names = ", ".join(series.name(quarter) for quarter in quarters)
        return self._result(series, quarters[0], "not found", f"{host} has no {names}")

    def _result(self, series: Series, quarter: Quarter, outcome: str, reason: str = "") -> FetchedRelease:
        page = self._site + series.listed_on(quarter)[0]
        return FetchedRelease(series.kind, series.name(quarter), outcome, 0, 0, reason, page, (), ())

    def _download(self, series: Series, quarter: Quarter) -> list[FetchedFile]:
        """All parts of a release. NotFoundError if one of them is nowhere."""
        listed = "\n".join(self._page(path) for path in series.listed_on(quarter))
        files = []
        for part in range(1, series.parts + 1):
            paths = dict.fromkeys([*series.links(listed, quarter, part), *series.addresses(quarter, part)])
            files.append(self._first(paths))
        return files

    def _page(self, path: str) -> str:
        """The text of a page, which is asked for once."""
        if path not in self._pages:
            self._pages[path] = ""
            self._pages[path] = self._server.page(path)
        return self._pages[path]

    def _first(self, paths: Iterable[str]) -> FetchedFile:
        """The file of the first address that has it. If none has, what one of them has instead is told."""
        wrong: Exception = NotFoundError("at none of its addresses")
        for path in paths:
            try:
                return self._server.save(path, self._folder / file_name(path), self._progress)
            except NotFoundError:
                continue
            except SourceError as error:
                wrong = error
        raise wrong


def _newest(today: date) -> list[Quarter]:
    """The quarter of the day, and those before it."""
    quarters = [Quarter(today.year, (today.month + 2) // 3)]
    while len(quarters) < _QUARTERS:
        quarters.append(earlier(quarters[-1]))
    return quarters


def _imported(result: FetchedRelease, importer: Importer, folder: Path) -> FetchedRelease:
    """The release with what importing it came to; its downloads are removed if it is in the store."""
    paths = [folder / file.file for file in result.files]
    made = importer(paths)
    taken = [one for one in made if one.outcome in _TAKEN]
    refused = [one for one in made if one.outcome == "refused"]
    if not made:
        return result._replace(outcome="refused", reason="there is no file in it")
    chief = (refused or taken or made)[0]
    if taken and not refused:
        for path in paths:
            path.unlink(missing_ok=True)
    return result._replace(
        release=chief.release or result.release,
        outcome=chief.outcome,
        rows=chief.rows,
        rejects=chief.rejects,
        reason=chief.reason,
        imported=tuple(made),
    )
