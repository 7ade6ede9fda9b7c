"""`search`: codes by words, by number or by range."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from cptref.answers.context import Context
from cptref.errors import NotFoundError, UsageError
from cptref.model.listing import Hit, SearchHits
from cptref.model.syntax import is_code, level, parse_range, shown

_TEXTS = ("title", "synonyms", "family", "description", "details")
# Words that tell nothing apart; kept if the query has no others.
_STOP = frozenset("a an and at by for from in into is it of on or per the to via with".split())
_LONGEST = 1000
_MOST_WORDS = 30
# A hit for the beginning of a word counts less than one for the word.
_PREFIX_WEIGHT = 0.4
_TYPO_WEIGHT = 0.6
# The query as a phrase of the title: the more so, the more of the title it is.
_PHRASE_SCORE = 10.0
# A code among words outweighs them.
_CODE_SCORE = 100.0
_LIKE_ENOUGH = 80


def search(context: Context, text: str, limit: int, filters: Mapping[str, str]) -> SearchHits:
    """The best hits for words, a code, the beginning of one (`4321`), or a range (`43200-43232`).

    Hits that match more of the words come first, then by BM25 with title over synonyms over text. `limit` 0 is all.
    """
    if not text.strip():
        raise UsageError("there is nothing to search for", "Give a word, a code or a range: cptref search cryoablation")
    if len(text) > _LONGEST:
        raise UsageError(f"the search text has {len(text):,} characters; {_LONGEST:,} is the most")
    hits = _by_number(context, text.strip()) or _by_words(context, text)
    kept = [hit for hit in hits if _passes(context, hit, filters)] if filters else hits
    if not kept:
        raise NotFoundError(
            f"nothing found for '{shown(text.strip())}'" + (" with these filters" if hits else ""),
            "Try fewer or other words, or `cptref list` for families and sections.",
        )
    return SearchHits(text.strip(), len(kept), tuple(kept[:limit] if limit else kept))


def _by_number(context: Context, text: str) -> list[Hit]:
    """The codes of a code, range or beginning of a code; none where the text is words."""
    upper = text.upper()
    ends = (upper, upper) if is_code(upper) else parse_range(upper)
    return [Hit(code, title, 1.0, ("code",)) for code, title in context.store.codes_between(*ends)] if ends else []


def _by_words(context: Context, text: str) -> list[Hit]:
    words = list(dict.fromkeys(re.findall(r"\w+", text.lower())))[:_MOST_WORDS]
    words = [word for word in words if word not in _STOP] or words
    scores: dict[int, float] = defaultdict(float)
    matched: dict[int, set[str]] = defaultdict(set)
    fields: dict[int, set[str]] = defaultdict(set)
    for word in words:
        for row, (score, where) in _matches(context, word).items():
            scores[row] += score
            matched[row].add(word)
            fields[row] |= where
    if not scores:
        return []
    most = max(len(found) for found in matched.values())
    # A hit that lacks half of what the best one has is not what was meant.
    rows = [row for row in scores if len(matched[row]) * 2 > most]
    known = context.store.hits(rows)
    if len(words) > 1:
        for row in context.store.search_rows(f"title : {_quoted(' '.join(words))}"):
            scores[row] += _PHRASE_SCORE * len(words) / len(known[row][1].split())
    rows.sort(key=lambda row: (-len(matched[row]), -scores[row], row))
    return [
        Hit(
            known[row][0],
            known[row][1],
            round(scores[row], 3),
            tuple(f for f in ("code", *_TEXTS) if f in fields[row]),
        )
        for row in rows
    ]


def _matches(context: Context, word: str) -> dict[int, tuple[float, set[str]]]:
    """The entries that a word matches, with score and fields: itself, as a beginning, or mended."""
    expressions = [(_quoted(word), 1.0)]
    if len(word) > 2:
        expressions.append((f"{_quoted(word)}*", _PREFIX_WEIGHT))
    found = _scored(context, expressions)
    number = context.store.number(word.upper())
    if number is not None:
        found[number] = (_CODE_SCORE, {"code"})
    if not found and len(word) > 3 and word.isalpha():
        alike = _alike(context, word)
        if alike:
            context.warn(f"No entry has '{shown(word)}': searched for {' or '.join(alike)}.")
            found = _scored(context, [(" OR ".join(map(_quoted, alike)), _TYPO_WEIGHT)])
    return found


def _scored(context: Context, expressions: list[tuple[str, float]]) -> dict[int, tuple[float, set[str]]]:
    found: dict[int, tuple[float, set[str]]] = {}
    for expression, weight in expressions:
        fresh = {row: score for row, score in context.store.search(expression).items() if row not in found}
        if not fresh:
            continue
        in_field = {field: context.store.search_rows(f"{field} : ({expression})") for field in _TEXTS}
        for row, score in fresh.items():
            found[row] = (score * weight, {field for field, rows in in_field.items() if row in rows})
    return found


def _alike(context: Context, word: str) -> list[str]:
    """The catalog's words that a mistyped one may stand for, best first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(
        word,
        context.store.words(),
        scorer=OSA.normalized_similarity,
        score_cutoff=_LIKE_ENOUGH / 100,
        limit=3,
    )
    best = near[0][1] if near else 0
    return [found for found, likeness, _ in near if likeness == best]


def _quoted(word: str) -> str:
    """A word as an FTS5 string, in which no operator is one."""
    return '"' + word.replace('"', '""') + '"'


def _passes(context: Context, hit: Hit, filters: Mapping[str, str]) -> bool:
    wanted = {name: value.lower() for name, value in filters.items()}
    prose = context.store.prose(hit.code)
    release = context.release("pfs") if {"status", "global_days"} & wanted.keys() else None
    row = context.store.pfs_summary(release, [hit.code]).get(hit.code) if release is not None else None
    have = {
        "section": prose.section if prose else "",
        "family": prose.family if prose else "",
        "level": level(hit.code),
        "status": row[0] if row else "",
        "global_days": row[1] if row else "",
    }
    return all(have[name].lower() == value for name, value in wanted.items())
