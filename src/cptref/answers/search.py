"""`search`: codes by words, by number or by range."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cptref.answers.context import Context
from cptref.answers.finding import Finder, Found
from cptref.answers.hits import hits
from cptref.answers.mending import mended
from cptref.answers.missing import not_found
from cptref.answers.vocabulary import vocabulary_of
from cptref.errors import NotFoundError, UsageError
from cptref.model.listing import Hit, SearchHits
from cptref.model.syntax import LEVELS, is_code, level, parse_range, shown
from cptref.model.words import STOP, words_of

_LONGEST = 1000
_MOST_WORDS = 30
# A code among words outweighs them.
_CODE_SCORE = 100.0


def search(context: Context, text: str, limit: int, filters: Mapping[str, str]) -> SearchHits:
    """The best hits for words, a code, the beginning of one (`4321`), or a range (`43200-43232`).

    Words find what says them in other words too; the code comes first whose title, synonym or descriptor says most
    of them and least besides. `limit` 0 is all.
    """
    if limit < 0:
        raise UsageError(f"the limit is {limit}", "Give 0 for all, or the most hits that you want.")
    if not text.strip():
        raise UsageError("there is nothing to search for", "Give a word, a code or a range: cptref search cryoablation")
    if len(text) > _LONGEST:
        raise UsageError(f"the search text has {len(text):,} characters; {_LONGEST:,} is the most")
    wanted = _checked(context, filters) if filters else {}
    plain = text.strip()
    listed = _by_number(context, plain)
    words = _Words(context, text) if not listed else None
    codes = [hit.code for hit in listed] if words is None else [each.code for each in words.found]
    passing = _passing(context, codes, wanted) if wanted else set(codes)
    if not codes and is_code(plain.upper()):
        raise not_found(context, plain.upper())
    if not passing:
        raise NotFoundError(
            f"nothing found for '{shown(plain)}'" + (" with these filters" if codes else ""),
            "Try fewer or other words, or `cptref list all`.",
        )
    if words is None:
        kept = [hit for hit in listed if hit.code in passing][: limit or None]
    else:
        kept = words.hits([each for each in words.found if each.code in passing][: limit or None])
    return SearchHits(plain, len(passing), tuple(kept))


def _by_number(context: Context, text: str) -> list[Hit]:
    """The codes of a code, range or beginning of a code; none where the text is words."""
    upper = text.upper()
    ends = (upper, upper) if is_code(upper) else parse_range(upper)
    return [Hit(code, title, 1.0, ("code",)) for code, title in context.codes_between(*ends)] if ends else []


class _Words:
    """A search by words: what it found, best first; how hits look is worked out for those only that are shown."""

    def __init__(self, context: Context, text: str) -> None:
        self._context = context
        words = list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]
        words = [word for word in words if word not in STOP] or words  # kept if there are no others
        vocabulary = vocabulary_of(context.store)
        self._finder = Finder(context, vocabulary)
        kept, lost = mended(context, vocabulary, words, lambda word: any(self._finder.rows(word)))
        self._concepts = vocabulary.concepts(kept)
        found, self._ranker = self._finder.find(self._concepts)
        named = context.titles([word.upper() for word in words if is_code(word.upper())])
        self.found = [Found(code, _CODE_SCORE, is_named=True) for code in named]
        self.found += [each for each in found if each.code not in named]
        lost = [word for word in lost if word.upper() not in named]
        if self.found and lost:
            context.warn(f"Nothing has: {shown(', '.join(lost))}.")

    def hits(self, found: Sequence[Found]) -> list[Hit]:
        """The hits of codes that were found."""
        return hits(self._context, self._finder, self._ranker, self._concepts, found)


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


def _passing(context: Context, codes: list[str], filters: Mapping[str, str]) -> set[str]:
    groups = context.store.groups_of(codes)
    facts = context.pfs_summary(codes) if {"status", "global_days"} & filters.keys() else {}

    def passes(code: str) -> bool:
        section, family = groups.get(code, ("", ""))
        status, global_days = facts[code][:2] if code in facts else ("", "")
        have = {
            "section": section, "family": family, "level": level(code), "status": status, "global_days": global_days,
        }  # fmt: skip
        return all(have[name] == value for name, value in filters.items())

    return {code for code in codes if passes(code)}
