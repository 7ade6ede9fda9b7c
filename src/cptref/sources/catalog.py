"""The bundled catalog: TOML files in one folder, read into the rows that CMS's own files give too.

People write codes.toml, indicators.toml, modifiers.toml, notes.toml, places_of_service.toml, tellings.toml
and vocabulary.toml;
`scripts/refresh_facts.py` writes facts.toml and ptp_edits.toml from CMS files. A broken entry is refused with file,
line and field.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

from cptref.errors import CatalogError
from cptref.model.indicator import IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import (
    AddOnRow,
    CompleteRow,
    GpciRow,
    GuidelineRow,
    HistoryRow,
    MueRow,
    OppsRow,
    PfsRow,
    Prose,
    PtpRow,
    RbcsRow,
    Release,
    VocabularyRow,
)
from cptref.sources import catalog_schema as schema
from cptref.sources import notes, tellings, vocabulary

Batch = tuple[Release | None, type, Sequence[tuple[Any, ...]]]
S = TypeVar("S")
# The others are bundled for the codes of the catalog only.
_WHOLE = ("gpci",)


class _File:
    """One TOML file, which knows where in its text an entry stands."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        try:
            self.text = (folder / name).read_text(encoding="utf-8")
            self.tables: dict[str, Any] = tomli.loads(self.text)
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{name}: cannot be read ({error})") from error
        except tomli.TOMLDecodeError as error:
            raise CatalogError(f"{name}: {error}") from error

    def entries(self, table: str, kind: type[S]) -> Iterator[tuple[str, S]]:
        """The entries of a table of tables, checked."""
        for key, value in self.tables.get(table, {}).items():
            yield key, self.check(value, kind, f"{table}.{key}")

    def check(self, value: object, kind: type[S], where: str) -> S:
        """The value as a checked structure; CatalogError with line and field when it is none."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            problem, _, path = str(error).partition(" - at ")
            names = re.findall(r"\.(\w+)", path) or re.findall(r"field `(\w+)`", problem)
            line = self.line(where, names[0] if names else "")
            named = f" {'.'.join(names)}:" if names else ""
            raise CatalogError(f"{self.name}:{line}: [{where}]{named} {problem}") from error

    def line(self, header: str, field: str) -> int:
        """The line of a field under a table's header, else of the header, else the first."""
        start = re.search(rf"^\[+{re.escape(header)}[\].]", self.text, re.MULTILINE)
        if not start:
            return 1
        end = re.compile(r"^\[", re.MULTILINE).search(self.text, start.end())
        inside = re.compile(rf"^{re.escape(field)}\s*=", re.MULTILINE)
        at = field and inside.search(self.text, start.end(), end.start() if end else len(self.text))
        return self.text.count("\n", 0, at.start() if at else start.start()) + 1


def read(folder: Path) -> Iterator[Batch]:
    """The whole catalog in batches: the release that rows are from (None for our own words), their type, the rows."""
    codes = _File(folder, "codes.toml")
    entries = dict(codes.entries("codes", schema.Entry))
    for code in entries:
        codes.check(code, schema.Code, f"codes.{code}")
    yield None, Prose, [_prose(code, entry) for code, entry in entries.items()]
    yield None, GuidelineRow, _guidelines(codes, entries)
    yield None, HistoryRow, _history(codes, entries)
    yield from _words(folder)
    words = _File(folder, "vocabulary.toml")
    yield None, VocabularyRow, list(vocabulary.rows(words.check(words.tables, schema.VocabularyEntry, "vocabulary")))
    words = _File(folder, "notes.toml")
    yield None, VocabularyRow, [notes.row(words.check(words.tables, schema.NotesEntry, "notes"))]
    yield from _facts(_File(folder, "facts.toml"), entries)
    yield from _ptp(_File(folder, "ptp_edits.toml"))


def read_tellings(folder: Path) -> Iterator[Batch]:
    """The rules by which notes tell of procedures."""
    words = _File(folder, "tellings.toml")
    entry = words.check(words.tables, schema.TellingsEntry, "tellings")
    for name in re.findall(r"\$(\w+)", words.text):
        if name not in entry.words:
            line = words.text.count("\n", 0, words.text.index(f"${name}")) + 1
            raise CatalogError(f"{words.name}:{line}: no words are named ${name}")
    yield None, VocabularyRow, [tellings.row(entry)]


def _prose(code: str, entry: schema.Entry) -> Prose:
    return Prose(
        code,
        entry.section,
        entry.family,
        entry.title,
        entry.description,
        tuple(entry.synonyms),
        tuple(entry.indications),
        tuple(entry.procedure),
        entry.aftercare,
        tuple(entry.billing),
        tuple(entry.related),
    )


def _guidelines(file: _File, entries: Mapping[str, schema.Entry]) -> list[GuidelineRow]:
    """Each pair stands once, with one of its codes."""
    pairs: dict[frozenset[str], GuidelineRow] = {}
    for code, entry in entries.items():
        for rule in entry.not_with:
            for other in rule.codes:
                pair = frozenset((code, other))
                if pair in pairs:
                    line = file.line(f"codes.{code}", "not_with")
                    first = pairs[pair].code
                    raise CatalogError(
                        f"{file.name}:{line}: [codes.{code}] not_with: {other} stands at {first} already"
                    )
                pairs[pair] = GuidelineRow(code, other, rule.note)
    return list(pairs.values())


def _history(file: _File, entries: Mapping[str, schema.Entry]) -> list[HistoryRow]:
    rows = []
    for code, entry in entries.items():
        for event in entry.history:
            day = file.check(event.date, date, f"codes.{code}")
            rows.append(HistoryRow(code, day, event.action, event.note))
    return rows


def _words(folder: Path) -> Iterator[Batch]:
    indicators = dict(_File(folder, "indicators.toml").entries("indicators", schema.IndicatorEntry))
    yield None, IndicatorField, [IndicatorField(f, e.name, e.about, e.source) for f, e in indicators.items()]
    yield (
        None,
        IndicatorValue,
        [
            IndicatorValue(field, value, text.meaning, text.consequence)
            for field, entry in indicators.items()
            for value, text in entry.values.items()
        ],
    )
    modifiers = _File(folder, "modifiers.toml").entries("modifiers", schema.ModifierEntry)
    yield None, Modifier, [Modifier(key, *msgspec.structs.astuple(entry)) for key, entry in modifiers]
    places = _File(folder, "places_of_service.toml").entries("places", schema.PlaceEntry)
    yield None, PlaceOfService, [PlaceOfService(key, entry.name, entry.setting) for key, entry in places]


def _releases(file: _File) -> dict[tuple[str, str], Release]:
    entries = [file.check(table, schema.ReleaseEntry, "releases") for table in file.tables.get("releases", [])]
    return {
        (e.kind, e.setting): Release(
            e.kind, e.name, e.setting, e.effective, e.ends, e.sha256, e.file, partial=e.kind not in _WHOLE
        )
        for e in entries
    }


def _facts(file: _File, entries: Mapping[str, object]) -> Iterator[Batch]:
    releases = _releases(file)
    facts = dict(file.entries("codes", schema.CodeFacts))
    stray = [code for code in facts if code not in entries]
    if stray:
        raise CatalogError(
            f"{file.name}:{file.line(f'codes.{stray[0]}', '')}: [codes.{stray[0]}] is not in codes.toml",
            "Run scripts/refresh_facts.py again.",
        )
    asdict = msgspec.structs.asdict
    factor = file.check(file.tables.get("conversion_factor"), schema.Amount, "conversion_factor")
    pfs = [PfsRow(code=c, conversion_factor=factor, **asdict(row)) for c, f in facts.items() for row in f.pfs]
    yield releases["pfs", ""], PfsRow, pfs
    yield releases["gpci", ""], GpciRow, list(_gpci(file))
    for (kind, setting), release in releases.items():
        if kind == "mue":
            rows = [(c, f.mue.get(setting)) for c, f in facts.items()]  # type: ignore[call-overload]
            yield release, MueRow, [MueRow(c, setting, m.value, m.mai, m.rationale) for c, m in rows if m]
    yield (
        releases["opps", ""],
        OppsRow,
        [OppsRow(code=c, **asdict(f.opps)) for c, f in facts.items() if f.opps],
    )
    yield (
        releases["rbcs", ""],
        RbcsRow,
        [RbcsRow(code=c, **asdict(f.rbcs)) for c, f in facts.items() if f.rbcs],
    )
    yield releases["add_on", ""], AddOnRow, list(_add_ons(file))


def _gpci(file: _File) -> Iterator[GpciRow]:
    """The indices by `MAC-locality`: state, name, work, practice expense, malpractice."""
    for key, text in file.check(file.tables.get("gpci"), dict[str, schema.Text], "gpci").items():
        mac, _, locality = key.partition("-")
        fields = text.split(" | ")
        if len(fields) != 5:
            raise CatalogError(f"{file.name}:{file.line('gpci', key)}: [gpci] {key}: five values are needed")
        yield GpciRow(mac, locality, *fields)


def _add_ons(file: _File) -> Iterator[AddOnRow]:
    for add_on, groups in file.tables.get("add_on", {}).items():
        for group in groups:
            checked = file.check(group, schema.AddOnFacts, f"add_on.{add_on}")
            for primary in checked.primaries.split():
                yield AddOnRow(add_on, checked.type, primary, checked.effective, checked.deleted, checked.note)


def _ptp(file: _File) -> Iterator[Batch]:
    """The edits, which stand by column one under `both` settings or one of them, keyed by indicator and rationale."""
    releases = _releases(file)
    rationales = file.check(file.tables.get("rationales"), dict[str, schema.Text], "rationales")
    rows: dict[str, list[PtpRow]] = {setting: [] for _, setting in releases}
    for group, settings in {"both": list(rows), **{setting: [setting] for setting in rows}}.items():
        for one, by_key in file.entries(group, dict[str, schema.Codes]):
            for key, codes in by_key.items():
                indicator, rationale = key[0], rationales.get(key[1:])
                if indicator not in "01" or rationale is None:
                    line = file.line(f"{group}.{one}", key)
                    raise CatalogError(f"{file.name}:{line}: [{group}.{one}] {key}: no such indicator or rationale")
                for two in codes.split():
                    for setting in settings:
                        rows[setting].append(PtpRow(setting, one, two, indicator, None, None, rationale))
    for (_, setting), release in releases.items():
        yield release, PtpRow, rows[setting]
    complete = file.check(file.tables.get("complete"), schema.Codes, "complete")
    yield None, CompleteRow, [CompleteRow(code) for code in complete.split()]
