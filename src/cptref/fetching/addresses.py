"""Where CMS keeps its releases, which is the table `addresses.toml`, and the names by which people ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from cptref.errors import CatalogError, UsageError
from cptref.model.kinds import KINDS
from cptref.model.syntax import shown
from cptref.sources.naming import Quarter

_FILES = "/files/zip/"
_MONTHS = ("january", "april", "july", "october")
_LETTERS = "abcd"
_PFS_NAME = re.compile(r"rvu(\d\d)([a-d])")
_QUARTER_NAME = re.compile(r"(20\d\d)q([1-4])")


class Series(NamedTuple):
    """A release that CMS publishes each quarter. Text has placeholders for the quarter, as the table explains."""

    kind: str
    setting: str
    release: str
    parts: int
    pages: list[str]
    link: str
    patterns: list[str]
    known: dict[str, list[str]]

    def name(self, quarter: Quarter) -> str:
        """The release of a quarter, as `data list` has it."""
        return _filled(self.release, quarter)

    def listed_on(self, quarter: Quarter) -> list[str]:
        """The paths of the pages that list the release."""
        return [_filled(page, quarter) for page in self.pages]

    def links(self, page: str, quarter: Quarter, part: int) -> list[str]:
        """The paths of a part of the release that a page has links to, the newest issue first."""
        found = set(re.findall(rf"{_FILES}/*({_filled(self.link, quarter, part)})(?![\w.-])", page))
        return [_FILES + name for name in sorted(found, key=lambda name: re.findall(r"\d+", name), reverse=True)]

    def addresses(self, quarter: Quarter, part: int) -> list[str]:
        """The paths where a part of the release is, as far as the table knows."""
        known = self.known.get(self.name(quarter), [])
        return [_filled(path, quarter, part) for path in (*known, *self.patterns)]


class Table(NamedTuple):
    """What `addresses.toml` holds: where the paths begin, and the releases."""

    base: str
    series: list[Series]


class Wanted(NamedTuple):
    """A release to fetch: that of a quarter, or the newest."""

    series: Series
    quarter: Quarter | None


def read(path: Path) -> Table:
    """The table. CatalogError where it cannot be read."""
    import tomli

    try:
        table = tomli.loads(path.read_text(encoding="utf-8"))
        return Table(table["base"], [Series(**series) for series in table["series"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(f"{path.name}: {error}", "Install cptref again.") from error


def file_name(path: str) -> str:
    """What to call the file of an address: some have a date with slashes in their name."""
    return path.rpartition(_FILES)[2].strip("/").replace("/", "-")


def earlier(quarter: Quarter) -> Quarter:
    """The quarter before."""
    return Quarter(quarter.year, quarter.number - 1) if quarter.number > 1 else Quarter(quarter.year - 1, 4)


def wanted(names: Iterable[str], table: Table) -> list[Wanted]:
    """The releases that are asked for: by `RVU26C`, or by kind, quarter and setting, as many of them as are said.

    A word of a sort that is already said begins the next release, which keeps the kind: `mue 2026Q2 2026Q3`.
    Nothing asks for the newest release of every kind that cptref imports. UsageError for a word that means none.
    """
    asked: list[dict[str, Any]] = []
    for word in " ".join(names).lower().split():
        said = _said(word, table)
        if not asked or said.keys() & asked[-1].keys():
            kind = asked[-1].get("kind") if asked and "kind" not in said else None
            asked.append({"kind": kind} if kind else {})
        asked[-1] |= said
    found: dict[tuple[str, str, Quarter | None], Wanted] = {}
    for one in asked or [{}]:
        kinds = [one["kind"]] if "kind" in one else list(KINDS)
        matching = [s for s in table.series if s.kind in kinds and one.get("setting", s.setting) == s.setting]
        if not matching:
            raise UsageError(f"{one['kind']} has no release for '{one['setting']}'", _HINT)
        for series in matching:
            found.setdefault((series.kind, series.setting, one.get("quarter")), Wanted(series, one.get("quarter")))
    return list(found.values())


_HINT = "A release is RVU26C, or a kind, with a quarter and a setting or without: ptp 2026Q3 practitioner."


def _said(word: str, table: Table) -> dict[str, Any]:
    """What a word tells of a release."""
    if named := _PFS_NAME.fullmatch(word):
        return {"kind": "pfs", "quarter": Quarter(2000 + int(named[1]), _LETTERS.index(named[2]) + 1)}
    if dated := _QUARTER_NAME.fullmatch(word):
        return {"quarter": Quarter(int(dated[1]), int(dated[2]))}
    kind = word.replace("-", "_")
    if kind in {series.kind for series in table.series}:
        return {"kind": kind}
    if word in {series.setting for series in table.series}:
        return {"setting": word}
    raise UsageError(f"'{shown(word)}' is no release that can be fetched", _HINT)


def _filled(text: str, quarter: Quarter, part: int = 1) -> str:
    letter = _LETTERS[quarter.number - 1]
    months = "|".join(f"{3 * quarter.number - back:02}" for back in (2, 1, 0))
    for name, value in (
        ("year", quarter.year),
        ("yy", f"{quarter.year % 100:02}"),
        ("quarter", quarter.number),
        ("letter", letter),
        ("LETTER", letter.upper()),
        ("month", _MONTHS[quarter.number - 1]),
        ("months", f"(?:{months})"),
        ("version", f"{quarter.year - 1994}{quarter.number - 1}"),
        ("part", part),
    ):
        text = text.replace(f"{{{name}}}", str(value))
    return text
