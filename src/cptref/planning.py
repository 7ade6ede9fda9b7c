"""Which releases are among some files, and which of the files each is read from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cptref.errors import SourceError
from cptref.model.rows import Release
from cptref.model.store import ImportedFile
from cptref.sources import addendum, asc, ptp
from cptref.sources.files import FileRef, SourceFile
from cptref.sources.kinds import recognise
from cptref.sources.kinds import release as release_of

# Which form of a table to take where a release has several.
_FORMS = (".csv", ".txt", ".xlsx")


class Job(NamedTuple):
    """A release to import, and the files it is read from; for OPPS with the addenda that name APCs and indicators.

    `dental` tells whether the descriptors of dental codes, which are the ADA's, are read too.
    """

    release: Release
    files: tuple[FileRef, ...]
    titles: FileRef | None = None
    meanings: FileRef | None = None
    dental: bool = False


class Override(NamedTuple):
    """What the user says of the files' release; it goes before what they say themselves."""

    release: str | None = None
    effective: date | None = None


NO_OVERRIDE = Override()


def _no_kind(ref: FileRef, head: SourceFile) -> ImportedFile:
    """The result for a file of no kind. Servers answer with a web page where a licence is to be accepted first."""
    if head.data[:200].lstrip(b"\xef\xbb\xbf \r\n").lower().startswith((b"<!doctype html", b"<html")):
        return other_file(ref, "refused", "a web page, not the file: download it again")
    return other_file(ref, "passed over", "not a kind of file that cptref reads")


class _Member(NamedTuple):
    """A file of a release: which part of it, if the release has several."""

    ref: FileRef
    release: Release
    part: frozenset[str]


def plan(refs: Iterable[FileRef], override: Override = NO_OVERRIDE) -> tuple[list[Job], list[ImportedFile]]:
    """The releases among files, and a result for each file that is of none or is another form of one."""
    groups: dict[tuple[str, str], list[_Member]] = {}
    beside: dict[tuple[Path, str], FileRef] = {}
    passed: list[ImportedFile] = []
    for ref in refs:
        try:
            head = ref.peek()
            for name, recognises in (("titles", addendum.recognise_titles), ("meanings", addendum.recognise_meanings)):
                if recognises(head):
                    beside[ref.path.parent, name] = ref
                    break
            else:
                reader = recognise(head)
                if reader is None:
                    passed.append(_no_kind(ref, head))
                    continue
                release = release_of(reader, head, *override)
                part = asc.addenda(head) if reader is asc else frozenset()
                groups.setdefault((release.kind, release.name), []).append(_Member(ref, release, part))
        except SourceError as error:
            passed.append(other_file(ref, "refused", error.message))
    jobs = []
    for members in groups.values():
        members.sort(key=lambda member: _form(member.ref))
        files, others = _edit_parts(members) if members[0].release.kind == ptp.KIND else _one_form(members)
        passed += others
        if files:
            folder = files[0].path.parent if members[0].release.kind == addendum.KIND else None
            titles, meanings = (beside.get((folder, name)) if folder else None for name in ("titles", "meanings"))
            jobs.append(Job(members[0].release, tuple(files), titles, meanings))
    # The longest first, so that no process is left alone with one at the end.
    return sorted(jobs, key=lambda job: (job.release.kind != ptp.KIND, job.release.name)), passed


def _one_form(members: list[_Member]) -> tuple[list[FileRef], list[ImportedFile]]:
    """A file for each part of the release, and a result for those that say the same in another form."""
    files: list[FileRef] = []
    others = []
    had: frozenset[str] | None = None
    for member in sorted(members, key=lambda member: -len(member.part)):
        if had is None or member.part - had:
            files.append(member.ref)
            had = (had or frozenset()) | member.part
        else:
            others.append(other_file(member.ref, "passed over", "another form of a file that was read"))
    return files, others


def _edit_parts(members: list[_Member]) -> tuple[list[FileRef], list[ImportedFile]]:
    """The four parts of the newest revision of the edits; none, and why, if one is missing."""
    newest = max(ptp.part(member.ref.name)[0] for member in members)
    others = []
    parts: dict[str, FileRef] = {}
    for ref in (member.ref for member in members):
        revision, part = ptp.part(ref.name)
        if revision != newest:
            others.append(other_file(ref, "passed over", "an older revision of a file that was read"))
        elif part in parts:
            others.append(other_file(ref, "passed over", "another form of a file that was read"))
        else:
            parts[part] = ref
    missing = sorted(ptp.PARTS - parts.keys())
    if missing:  # half of the edits would pass off missing ones as none
        reason = f"{members[0].release.name} has four parts; missing: {', '.join(f'f{part}' for part in missing)}"
        return [], [*others, *(other_file(ref, "refused", reason) for ref in parts.values())]
    return [parts[part] for part in sorted(parts)], others


def _form(ref: FileRef) -> int:
    suffix = Path(ref.name).suffix.lower()
    return _FORMS.index(suffix) if suffix in _FORMS else len(_FORMS)


def other_file(ref: FileRef, outcome: str, reason: str) -> ImportedFile:
    """The result for a file of which no release is read."""
    return ImportedFile(ref.name, outcome, "", "", 0, 0, 0.0, "", reason, ())
