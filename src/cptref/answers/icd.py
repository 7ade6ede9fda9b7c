"""`search --icd`: diagnosis codes by number or by words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from cptref.answers.context import Context
from cptref.answers.ranking import Ranker
from cptref.answers.vocabulary import Concept, Vocabulary, vocabulary_of
from cptref.errors import NotFoundError, UsageError
from cptref.model.listing import Hit, SearchHits
from cptref.model.rows import IcdRow
from cptref.model.syntax import shown
from cptref.model.words import STOP, WITHOUT, stem, words_of

_CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?", re.IGNORECASE)
_MOST_WORDS = 30
# Of so many rows that have most of the words the descriptions are read.
_READ = 400
# A heading is no code to bill; of codes that are as near the unspecified one is meant.
_HEADING, _UNSPECIFIED = -0.1, 0.01
_LIGHT = 0.5
# What a word of a description costs that was not asked for: any, one that makes it another diagnosis, one behind
# `with`, a side, the other side; and the most that all do.
_UNASKED, _MARKED, _WITH, _UNASKED_SIDE, _OTHER_SIDE, _MOST = 0.04, 0.1, 0.04, 0.03, 0.3, 0.6
_OTHER = 0.005
_SIDES = frozenset(("right", "left", "bilateral"))
# A hit of less than this share of the best one's score was not meant.
_LEAST = 0.6
# Of so many diagnoses it is looked at how much of them is said, and what it costs if it is too little.
_LIKELY, _UNSAID = 12, 0.35


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
    rows = context.store.icd_from(release, undotted(wanted)) if _CODE.fullmatch(wanted) else []
    hits = [Hit(dotted(row.code), described(row), 1.0, ("code",)) for row in rows]
    if not hits:
        found = IcdFinder(context, release).find(wanted)
        hits = [Hit(dotted(row.code), described(row), round(score, 3), ("descriptor",)) for row, score in found]
    if not hits:
        raise NotFoundError(f"no diagnosis found for '{shown(wanted)}' in {context.name(release)}", "Try fewer words.")
    return SearchHits(wanted, len(hits), tuple(hits[:limit] if limit else hits))


class IcdFinder:
    """Finds diagnoses by words, with the vocabulary of the search and that of diagnoses."""

    def __init__(self, context: Context, release: int) -> None:
        self._store = context.store
        self._release = release
        self._vocabulary: Vocabulary = vocabulary_of(context.store, diagnoses=True)
        self._size = context.store.icd_count(release)

    def find(self, text: str) -> list[tuple[IcdRow, float]]:
        """The diagnoses that say most of a text and least besides, with their scores, of which 1 is all of it."""
        return self._found(text)[0]

    def told(self, text: str, below: tuple[str, ...] = ()) -> tuple[IcdRow, float] | None:
        """The diagnosis that a text tells, below some headings if there are any, and its score.

        What leaves most of a description unsaid counts less: a `right lateral wall` is no neoplasm of the pharynx.
        """
        found, ranker = self._found(text)
        likely = [each for each in found if not below or each[0].code.startswith(below)][:_LIKELY]
        scores = [(row, score - (0.0 if self._is_said(row, ranker) else _UNSAID)) for row, score in likely]
        return max(scores, key=lambda each: each[1], default=None)

    def _is_said(self, row: IcdRow, ranker: Ranker) -> bool:
        """Whether more of the telling words of a description were asked for than not."""
        used = {word for by in ranker.match(row.description).by for word in by.split()}
        words = words_of(row.description)
        telling = [
            word
            for number, word in enumerate(words)
            if word not in STOP
            and len(word) > 1
            and stem(word) not in self._vocabulary.light
            and "not" not in words[max(number - 3, 0) : number]
            and WITHOUT not in words[max(number - 3, 0) : number]
        ]
        return 2 * sum(word in used for word in telling) > len(telling)

    def _found(self, text: str) -> tuple[list[tuple[IcdRow, float]], Ranker]:
        words = list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]
        concepts = self._vocabulary.concepts([word for word in words if word not in STOP])
        telling = [concept for concept in concepts if not concept.light and not concept.measure]
        if not telling:
            telling = [concept for concept in concepts if not concept.measure]
        if not telling:
            return [], Ranker(self._vocabulary, ())
        expressions = {concept: self._expression(concept) for concept in telling}
        counts = {concept: self._store.icd_having(self._release, each) for concept, each in expressions.items()}
        known = [concept for concept in telling if counts[concept]]
        ranker = Ranker(self._vocabulary, concepts)
        if not known:
            return [], ranker
        every = " AND ".join(f"({expressions[concept]})" for concept in known)
        rows = {row.code: row for row in self._store.search_icd(self._release, every, _READ)}
        if len(rows) < _READ and len(known) > 1:
            some = " OR ".join(f"({expressions[concept]})" for concept in known)
            rows |= {row.code: row for row in self._store.search_icd(self._release, some, _READ)}
        return self._ranked(list(rows.values()), ranker, concepts, counts), ranker

    def _ranked(
        self, rows: Sequence[IcdRow], ranker: Ranker, concepts: Sequence[Concept], counts: dict[Concept, int]
    ) -> list[tuple[IcdRow, float]]:
        weights = [math.log(1 + self._size / (1 + counts[each])) if each in counts else _LIGHT for each in concepts]
        total = sum(weights)
        asked = {word for concept in concepts for word in concept.text.split()}
        found = []
        for row in rows:
            match = ranker.match(row.description)
            score = sum(w * met for w, met in zip(weights, match.met, strict=True)) / total
            score -= self._cost(words_of(row.description), {word for by in match.by for word in by.split()}, asked)
            said = row.description.lower()
            score += _HEADING if row.billable != "1" else _UNSPECIFIED if "unspecified" in said else 0.0
            found.append((row, score))
        found.sort(key=lambda each: (-each[1], each[0].code))
        least = found[0][1] * _LEAST if found else 0.0
        return [each for each in found if each[1] > max(least, 0.0)]

    def _cost(self, words: Sequence[str], used: set[str], asked: set[str]) -> float:
        """What a description costs for what it says and was not asked for; what it says is not there costs nothing."""
        cost = 0.0
        for number, word in enumerate(words):
            before = words[max(number - 3, 0) : number]
            if word in used or WITHOUT in before[-2:] or "not" in before:
                continue
            if word in _SIDES:
                other = asked & (_SIDES - {word}) and word not in asked
                cost += _OTHER_SIDE if other else 0.0 if word in asked else _UNASKED_SIDE
            elif word == "other":
                cost += _OTHER
            else:
                cost += _WITH if "with" in words[:number] and not self._vocabulary.light & {stem(word)} else 0.0
                unasked = stem(word) if len(word) > 1 else ""
                cost += _MARKED if unasked in self._vocabulary.marked else 0.0
                cost += 0.0 if unasked in self._vocabulary.light else _UNASKED
        return min(cost, _MOST)

    def _expression(self, concept: Concept) -> str:
        """What finds the rows that have a concept in one of its ways, whatever the endings of its words."""
        itself = " ".join(f'"{word}"' for word in concept.text.split())
        ways = [" AND ".join(self._written(each) for each in way.stems) for way in concept.ways]
        return " OR ".join(f"({each})" for each in [itself, *ways])

    def _written(self, own: str) -> str:
        """A stem as words: the index folds endings in its own way, so that a stem of ours may be none of its."""
        words = {own, *self._vocabulary.written(own)}
        return f"({' OR '.join(chr(34) + word + chr(34) for word in sorted(words))})"


def undotted(code: str) -> str:
    """A diagnosis code as the file has it: J310."""
    return code.upper().replace(".", "")


def dotted(code: str) -> str:
    """A diagnosis code as people write it: J31.0."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def described(row: IcdRow) -> str:
    """A diagnosis's description, with a word where it is a heading."""
    return row.description if row.billable == "1" else f"{row.description} (a heading, not a code to bill)"
