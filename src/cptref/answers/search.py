"""`search`: codes by words, by number or by range."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from cptref.answers.context import Context
from cptref.answers.page import not_found
from cptref.errors import NotFoundError, UsageError
from cptref.model.listing import Hit, SearchHits
from cptref.model.syntax import LEVELS, is_code, level, parse_range, shown

_TEXTS = ("title", "synonyms", "family", "description", "details")
_FIELDS = ("code", *_TEXTS, "descriptor")
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
    if limit < 0:
        raise UsageError(f"the limit is {limit}", "Give 0 for all, or the most hits that you want.")
    if not text.strip():
        raise UsageError("there is nothing to search for", "Give a word, a code or a range: cptref search cryoablation")
    if len(text) > _LONGEST:
        raise UsageError(f"the search text has {len(text):,} characters; {_LONGEST:,} is the most")
    wanted = _checked(context, filters)
    hits = _by_number(context, text.strip()) or _by_words(context, text)
    kept = _passing(context, hits, wanted) if wanted else hits
    if not kept and not hits and is_code(text.strip().upper()):
        raise not_found(context, text.strip().upper())
    if not kept:
        raise NotFoundError(
            f"nothing found for '{shown(text.strip())}'" + (" with these filters" if hits else ""),
            "Try fewer or other words, or `cptref list all`.",
        )
    return SearchHits(text.strip(), len(kept), tuple(kept[:limit] if limit else kept))


def _by_number(context: Context, text: str) -> list[Hit]:
    """The codes of a code, range or beginning of a code; none where the text is words."""
    upper = text.upper()
    ends = (upper, upper) if is_code(upper) else parse_range(upper)
    return [Hit(code, title, 1.0, ("code",)) for code, title in context.codes_between(*ends)] if ends else []


def _by_words(context: Context, text: str) -> list[Hit]:
    words = list(dict.fromkeys(re.findall(r"\w+", text.lower())))[:_MOST_WORDS]
    words = [word for word in words if word not in _STOP] or words
    scores: dict[str, float] = defaultdict(float)
    matched: dict[str, set[str]] = defaultdict(set)
    fields: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for code, (score, where) in _matches(context, word).items():
            scores[code] += score
            matched[code].add(word)
            fields[code] |= where
    if not scores:
        return []
    lost = [word for word in words if not any(word in found for found in matched.values())]
    if lost:
        context.warn(f"Nothing has: {shown(', '.join(lost))}.")
    most = max(len(found) for found in matched.values())
    # A hit that lacks half of what the best one has is not what was meant.
    codes = [code for code in scores if len(matched[code]) * 2 > most]
    titles = context.titles(codes)
    if len(words) > 1:
        for code in context.store.search_codes(f"title : {_quoted(' '.join(words))}"):
            scores[code] += _PHRASE_SCORE * len(words) / len(titles[code].split())
    codes.sort(key=lambda code: (-len(matched[code]), -scores[code], code))
    return [
        Hit(code, titles[code], round(scores[code], 3), tuple(f for f in _FIELDS if f in fields[code]))
        for code in codes
    ]


def _matches(context: Context, word: str) -> dict[str, tuple[float, set[str]]]:
    """The codes that a word matches, with score and fields: itself, as a beginning, or mended."""
    expressions = [(_quoted(word), 1.0)]
    if len(word) > 2:
        expressions.append((f"{_quoted(word)}*", _PREFIX_WEIGHT))
    found = _scored(context, expressions)
    if is_code(word.upper()) and context.titles([word.upper()]):
        found[word.upper()] = (_CODE_SCORE, {"code"})
    if not found and len(word) > 3 and word.isalpha():
        alike = _alike(context, word)
        if alike:
            context.warn(f"No entry has '{shown(word)}': searched for {' or '.join(alike)}.")
            found = _scored(context, [(" OR ".join(map(_quoted, alike)), _TYPO_WEIGHT)])
    return found


def _scored(context: Context, expressions: list[tuple[str, float]]) -> dict[str, tuple[float, set[str]]]:
    found: dict[str, tuple[float, set[str]]] = {}
    for expression, weight in expressions:
        fresh = {code: score for code, score in context.store.search(expression).items() if code not in found}
        if fresh:
            in_field = {field: context.store.search_codes(f"{field} : ({expression})") for field in _TEXTS}
            for code, score in fresh.items():
                found[code] = (score * weight, {field for field, codes in in_field.items() if code in codes})
        for code, score in context.search_descriptors(expression).items():
            found.setdefault(code, (score * weight, {"descriptor"}))
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


def _checked(context: Context, filters: Mapping[str, str]) -> dict[str, str]:
    """Filters as the data spells their values. UsageError for a value that nothing can have."""
    sections = set(context.store.groups())
    spelled = {
        "section": sections,
        "family": sections,
        "level": set(LEVELS),
        "status": {value.value for value in context.store.indicator_values("status")},
        "global_days": {value.value for value in context.store.indicator_values("global_days")},
    }
    checked = {}
    for name, value in filters.items():
        plain = re.sub(r"[\s_-]+", "-", value.strip().lower())
        found = [
            known for known in spelled[name] if re.sub(r"[\s_-]+", "-", known.lower()).lstrip("0") == plain.lstrip("0")
        ]
        if not found:
            some = sorted(spelled[name]) if len(spelled[name]) < 20 else []
            hint = f"One of: {', '.join(some)}." if some else "`cptref list NAME` tells near ones."
            raise UsageError(f"no {name.replace('_', ' ')} '{shown(value)}'", hint)
        checked[name] = found[0]
    if {"status", "global_days"} & checked.keys():
        context.needed("pfs")
    return checked


def _passing(context: Context, hits: list[Hit], filters: Mapping[str, str]) -> list[Hit]:
    codes = [hit.code for hit in hits]
    groups = context.store.groups_of(codes)
    facts = context.pfs_summary(codes) if {"status", "global_days"} & filters.keys() else {}

    def passes(code: str) -> bool:
        section, family = groups.get(code, ("", ""))
        status, global_days = facts[code][:2] if code in facts else ("", "")
        have = {
            "section": section, "family": family, "level": level(code), "status": status, "global_days": global_days,
        }  # fmt: skip
        return all(have[name] == value for name, value in filters.items())

    return [hit for hit in hits if passes(hit.code)]
