"""`search --icd`: diagnosis codes by number or by words."""

from __future__ import annotations

import re

from cptref.answers.context import Context
from cptref.errors import NotFoundError, UsageError
from cptref.model.listing import Hit, SearchHits
from cptref.model.rows import IcdRow
from cptref.model.syntax import shown

_CODE = re.compile(r"(?=.?\w*\d)[A-Z][0-9A-Z]{2}(?:\.?[0-9A-Z]{1,4})?", re.IGNORECASE)
_MOST_WORDS = 30


def search_icd(context: Context, text: str, limit: int) -> SearchHits:
    """The diagnoses that a code, the beginning of one or words find, best first; `limit` 0 gives all.

    DataNotLoadedError where no ICD-10-CM release answers for the date; NotFoundError where nothing is found.
    """
    wanted = text.strip()
    if not wanted:
        raise UsageError(
            "there is nothing to search for", "Give a code or words: cptref search --icd allergic rhinitis"
        )
    release = context.needed("icd")
    if _CODE.fullmatch(wanted):
        rows = context.store.icd_from(release, wanted.upper().replace(".", ""))
        hits = [Hit(dotted(row.code), _described(row), 1.0, ("code",)) for row in rows]
    else:
        hits = _by_words(context, release, wanted)
    if not hits:
        raise NotFoundError(f"no diagnosis found for '{shown(wanted)}' in {context.name(release)}", "Try fewer words.")
    return SearchHits(wanted, len(hits), tuple(hits[:limit] if limit else hits))


def _by_words(context: Context, release: int, text: str) -> list[Hit]:
    """Hits for all words first; those for some if none has all."""
    words = [f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower()))][:_MOST_WORDS]
    if not words:
        return []
    found = context.store.search_icd(release, " ".join(words)) or context.store.search_icd(release, " OR ".join(words))
    return [Hit(dotted(row.code), _described(row), round(score, 3), ("descriptor",)) for row, score in found]


def dotted(code: str) -> str:
    """A diagnosis code as people write it: J31.0."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _described(row: IcdRow) -> str:
    return row.description if row.billable == "1" else f"{row.description} (a heading, not a code to bill)"
