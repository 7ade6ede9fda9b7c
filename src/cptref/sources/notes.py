"""The words that notes are read with, `notes.toml`, compiled to one row."""

from __future__ import annotations

import json

import msgspec

from cptref.model.rows import VocabularyRow
from cptref.sources.catalog_schema import NotesEntry

KIND = "notes"


def row(entry: NotesEntry) -> VocabularyRow:
    """All of it as JSON: it is read whole, and only by `suggest`."""
    told = msgspec.to_builtins(entry)
    told |= told.pop("scope") | told.pop("procedures") | {"titles": told["titles"]["never"]}
    return VocabularyRow(KIND, json.dumps(told))
