"""Read a store back as model objects."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from cptref.model.edit import Edit, guideline
from cptref.model.indicator import IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import HistoryRow, Prose
from cptref.store.published import Published


class Store(Published):
    """The queries that answers are made of: over the releases, and over what the catalog says in its own words."""

    def prose(self, code: str) -> Prose | None:
        """The catalog's entry of a code."""
        rows = self.rows("prose", code=code)
        if not rows:
            return None
        prose = Prose(*rows[0])
        lists = ("synonyms", "indications", "procedure", "billing", "related")
        read: dict[str, Any] = {name: tuple(json.loads(getattr(prose, name))) for name in lists}
        return prose._replace(**read)

    def code_count(self) -> int:
        """How many codes the catalog describes."""
        return int(self.rows("code_count")[0][0])

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """The titles of those of the codes that are described."""
        return dict(self.rows("titles", codes=json.dumps(sorted(codes))))

    def codes_between(self, first: str, last: str) -> list[tuple[str, str]]:
        """Code and title of a range, both ends included."""
        return self.rows("codes_between", first=first, last=last)

    def codes_in_group(self, group: str) -> list[tuple[str, str]]:
        """Code and title of a family or a section."""
        return self.rows("codes_in_group", group=group)

    def groups(self) -> list[str]:
        """The names of all families and sections."""
        return [row[0] for row in self.rows("groups")]

    def near_codes(self, code: str) -> list[tuple[str, str]]:
        """The two codes before and the two after, in the order of codes."""
        return self.rows("near_codes", code=code)

    def ptp_complete(self, code: str) -> bool:
        """Whether a partial PTP release holds all edits of this code."""
        return bool(self.rows("ptp_complete", code=code))

    def guidelines(self, code: str) -> list[Edit]:
        """The coding guidelines that name a code."""
        return [guideline(*row) for row in self.rows("guidelines", code=code)]

    def history(self, code: str) -> list[HistoryRow]:
        """What the catalog records of a code's past."""
        return [HistoryRow(row[0], date.fromisoformat(row[1]), *row[2:]) for row in self.rows("history", code=code)]

    def indicator_fields(self) -> dict[str, IndicatorField]:
        """Every indicator by its field name."""
        return {row[0]: IndicatorField(*row) for row in self.rows("indicator_fields")}

    def indicator_values(self, field: str) -> list[IndicatorValue]:
        """The values of an indicator, in the order of the catalog."""
        return [IndicatorValue(*row) for row in self.rows("indicator_values", field=field)]

    def meanings(self) -> dict[tuple[str, str], str]:
        """What each value of each indicator means."""
        return {(field, value): meaning for field, value, meaning in self.rows("meanings")}

    def modifiers(self) -> list[Modifier]:
        """Every modifier, in the order of the catalog."""
        found = [Modifier(*row) for row in self.rows("modifiers")]
        return [modifier._replace(ncci_associated=bool(modifier.ncci_associated)) for modifier in found]

    def places_of_service(self) -> list[PlaceOfService]:
        """Every place of service."""
        return [PlaceOfService(*row) for row in self.rows("places_of_service")]

    def search(self, expression: str) -> set[int]:
        """The rows of the catalog that match a full-text expression."""
        return {row[0] for row in self.rows("search", expression=expression)}

    def codes_of(self, rows: Iterable[int]) -> dict[int, str]:
        """The codes of rows that `search` has found."""
        return dict(self.rows("code_rows", rows=json.dumps(list(rows))))

    def names(self, codes: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
        """Title and synonyms of those of the codes that are described."""
        return {row[0]: (row[1], json.loads(row[2])) for row in self.rows("names", codes=json.dumps(sorted(codes)))}

    def vocabulary(self) -> dict[str, Any]:
        """What the search of codes knows of words, by kind."""
        return {kind: json.loads(entries) for kind, entries in self.rows("vocabulary")}

    def range_words(self) -> set[str]:
        """The words that ranges of codes are about."""
        return set(json.loads(self.rows("range_words")[0][0]).split())

    def diagnosis_words(self) -> dict[str, Any]:
        """What the search of diagnoses knows of words besides: what terms mean, which are light, which are marked."""
        found: dict[str, Any] = json.loads(self.rows("diagnosis_words")[0][0])
        return found

    def note_words(self) -> dict[str, Any]:
        """What notes are read with, as notes.toml has it."""
        found: dict[str, Any] = json.loads(self.rows("note_words")[0][0])
        return found

    def tellings(self) -> dict[str, Any]:
        """The rules by which notes tell of procedures, as `sources.tellings` compiles them."""
        found: dict[str, Any] = json.loads(self.rows("tellings")[0][0])
        return found

    def exists(self, code: str) -> bool:
        """Whether the catalog describes a code."""
        return bool(self.rows("exists", code=code))

    def groups_of(self, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Section and family of the codes that are described."""
        return {row[0]: row[1:] for row in self.rows("groups_of", codes=json.dumps(sorted(codes)))}
