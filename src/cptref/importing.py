"""Importing CMS files: recognised by content, a release at a time, each into a store file of its own.

A release is written beside its place and renamed into it, so that whatever happens meanwhile the store serves what it
served before, or the whole new release. Releases are read in processes of their own, as the edits are long.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import datetime, timezone
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from cptref.errors import CptrefError, SourceError
from cptref.model.diff import Counts
from cptref.model.kinds import KINDS
from cptref.model.rows import DescriptorRow, IndicatorText, Reject, Release
from cptref.model.store import ImportedFile
from cptref.planning import NO_OVERRIDE, Job, Override, other_file, plan
from cptref.sources import addendum, asc, hcpcs, pprrvu
from cptref.sources.files import FileRef, find_files
from cptref.sources.kinds import recognise
from cptref.store.build import Batch, save_release
from cptref.store.compare import count_changes
from cptref.store.files import other_dates, release_at, release_path
from cptref.store.tables import ROWS

_MOST_REJECTS = 0.01
# A release that shrinks by more than this when it is imported again was cut off on the way.
_LEAST_KEPT = 0.9
_ABANDONED = 3600
_REJECTS_KEPT = 100


def import_paths(
    folder: Path,
    paths: Iterable[Path],
    workers: int,
    progress: Callable[[int, int, str], None],
    override: Override = NO_OVERRIDE,
    permit: Callable[[bool], bool] = lambda _: True,
) -> list[ImportedFile]:
    """Import all releases found at the paths into the folder; `progress` is told how many of how many, and the last.

    `permit` is asked before anything is imported, with whether files hold CPT content; it answers whether those of
    dental codes may be read too, or raises. What is wrong with a path or a file is told in its result. Raises
    SourceError where the folder cannot be written.
    """
    refs, unreadable = _found(paths)
    jobs, passed = plan(refs, override)
    dental = permit(any(KINDS[job.release.kind].cpt for job in jobs))
    jobs = [job._replace(dental=dental) for job in jobs]
    try:
        for kind in {job.release.kind for job in jobs}:
            (folder / kind).mkdir(parents=True, exist_ok=True)
        _tidy(folder)
    except OSError as error:
        raise SourceError(f"cannot write to {folder}: {error.strerror or error}") from error
    progress(0, len(jobs), "")
    done: list[ImportedFile] = []
    for result in _run(folder, jobs, workers):
        done.append(result)
        progress(len(done), len(jobs), f"{result.kind} {result.release} {result.outcome}")
    return done + unreadable + passed


def _found(paths: Iterable[Path]) -> tuple[list[FileRef], list[ImportedFile]]:
    """The files at the paths, and a result for each path that cannot be opened."""
    refs: list[FileRef] = []
    unreadable = []
    for path in paths:
        try:
            refs += find_files(path)
        except SourceError as error:
            unreadable.append(other_file(FileRef(path), "refused", error.message))
    return refs, unreadable


def _tidy(folder: Path) -> None:
    """Remove what imports that were killed have left."""
    for path in folder.glob("*/.cptref-*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def _run(folder: Path, jobs: list[Job], workers: int) -> Iterator[ImportedFile]:
    workers = min(len(jobs), workers)
    if workers < 2:
        yield from (import_release(folder, job) for job in jobs)
        return
    # Not forked: a fork copies locks that other threads hold.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [(job, pool.submit(import_release, folder, job)) for job in jobs]
        for job, future in running:
            try:
                yield future.result()
            except BrokenProcessPool:  # the system has ended a process
                yield import_release(folder, job)


class Reading:
    """The files of a release while they are read: rows go through, and what is known at the end is kept."""

    def __init__(self, job: Job) -> None:
        reader = recognise(job.files[0].peek())
        if reader is None:  # the file has changed since it was recognised
            raise SourceError("no longer the file that it was")
        self.job = job
        self.reader: ModuleType = reader
        self.rows = 0
        self.rejects = 0
        self.rejected: list[Reject] = []
        self.digests: list[str] = []
        self.left_out = 0

    def batches(self) -> Iterator[Batch]:
        """What the store takes in: beside the rows, descriptors and what indicators mean, where there are any."""
        release = self.job.release
        if self.reader in (pprrvu, hcpcs) and not release.setting:
            yield release, DescriptorRow, self.descriptors(self.reader)
        if self.reader is addendum and self.job.meanings:
            yield release, IndicatorText, addendum.meanings(self.job.meanings.load())
        if self.reader is asc:
            yield release, IndicatorText, (text for ref in self.job.files for text in asc.texts(ref.load()))
        yield release, ROWS[release.kind], self.read()

    def descriptors(self, reader: Any) -> Iterator[DescriptorRow]:
        """The descriptors of the file; empty for dental codes unless the ADA's terms are accepted."""
        for row in reader.descriptors(self.job.files[0].load()):
            if row.code.startswith("D") and len(row.code) == 5 and not self.job.dental:
                self.left_out += 1
                yield DescriptorRow(row.code, "")
            else:
                yield row

    def read(self) -> Iterator[Any]:
        """The rows of all files, one after the other."""
        for ref in self.job.files:
            file = ref.load()
            if not file.is_whole:
                raise SourceError(f"{ref.name} is cut off: its last line does not end")
            self.digests.append(file.sha256)
            if self.reader is addendum:
                titles = addendum.titles(self.job.titles.load()) if self.job.titles else {}
                found: Iterable[Any] = addendum.read(file, titles)
            else:
                found = self.reader.read(file)
            for row in found:
                if isinstance(row, Reject):
                    self._reject(row)
                else:
                    self.rows += 1
                    yield row

    def _reject(self, row: Reject) -> None:
        self.rejects += 1
        if len(self.rejected) < _REJECTS_KEPT:
            self.rejected.append(row)

    def release(self, before: Release | None = None) -> Release:
        """The release with its counts.

        SourceError if it has no row, if too many lines could not be read, or if it lacks many that `before` had.
        """
        if before and self.rows < before.rows * _LEAST_KEPT:
            raise SourceError(f"{self.rows:,} rows where {before.rows:,} are imported; remove that release first")
        if not self.rows:
            raise SourceError("not a row could be read")
        if self.rejects > self.rows * _MOST_REJECTS:
            raise SourceError(f"{self.rejects:,} lines could not be read, {self.rows:,} could")
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return self.job.release._replace(
            sha256=joint_digest(self.digests), rows=self.rows, rejects=self.rejects, imported=now
        )


def joint_digest(digests: list[str]) -> str:
    """One digest for a release of several files, whatever their order."""
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def import_release(folder: Path, job: Job) -> ImportedFile:
    """Import one release; never raises for what is wrong with its files."""
    started = time.monotonic()
    release = job.release
    path = release_path(folder, release)
    name = ", ".join(ref.name for ref in job.files)
    before = release_at(path)
    changes: list[Counts | None] = []

    def compare(written: Path) -> None:
        """Count what a corrected file changes; that it cannot be told is no reason not to import it."""
        if before and before.sha256 != joint_digest(reading.digests):
            with suppress(Exception):
                changes.append(count_changes(release.kind, path, written))

    try:
        reading = Reading(job)
        save_release(release, reading.batches, path, lambda: reading.release(before), compare)
    except Exception as error:  # whatever it is, the other releases are imported
        reason = error.message if isinstance(error, CptrefError) else getattr(error, "strerror", "") or repr(error)
        seconds = round(time.monotonic() - started, 1)
        return ImportedFile(name, "refused", release.kind, release.name, 0, 0, seconds, "", reason, ())
    for other in other_dates(folder, release):
        with suppress(OSError):
            other.unlink()
    made = release_at(path)
    digest = made.sha256 if made else ""
    outcome = "imported" if before is None else "unchanged" if before.sha256 == digest else "replaced"
    left_out = "the ADA's descriptors of dental codes are left out: --accept-ada-license reads them"
    return ImportedFile(
        name,
        outcome,
        release.kind,
        release.name,
        reading.rows,
        reading.rejects,
        round(time.monotonic() - started, 1),
        digest,
        left_out if reading.left_out else "",
        tuple(reading.rejected),
        changes[0] if changes else None,
    )
