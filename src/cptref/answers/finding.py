"""Codes by words: those that have the words, from the catalog and the imported descriptors, and the best of them."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from cptref.answers.context import Context
from cptref.answers.ranking import Match, Ranker
from cptref.answers.vocabulary import Concept, Vocabulary
from cptref.model.words import stem

# What a concept is worth at the least and, if it is a number or a unit, at the most; others by how rare they are.
_LIGHT, _MEASURE, _RARITY = 0.15, 0.3, 5.0
# How far a concept is met that only the code's other names or its prose say, or a range that it is in: the narrower the
# range (of so many numbers at the most), the more.
_OTHER_NAME, _PROSE = 0.6, 0.3
_ONE_CODE, _NARROW, _WIDE = 0.8, 0.65, 0.5
_NARROWEST, _NARROWER = 1, 13
# A hit with half as many concepts as the best or fewer, and with less than this share of its score, was not meant.
_LEAST = 0.7
# So many rows of a source are hits at the most; of so many codes the ranges are looked at, and of so many the names.
_MOST, _CANDIDATES, _RANKED = 3000, 600, 100
_SHORTEST_BEGINNING = 3
_TITLE, _DESCRIBED, _ADD_ON = 0.12, 0.03, 0.05
# What speaks against a code of which a name tells another size, count or age.
_OTHER_MEASURE = -0.25
# Weak signs that a code is the one that is meant: an endoscopy without more is the base of its family; what Medicare
# pays comes first, what has ended last.
_BASE, _PAID, _ENDED, _ANESTHESIA, _QUALITY, _TEMPORARY, _LEVEL_TWO = 0.04, 0.02, -0.06, -0.10, -0.12, -0.05, -0.05

K = TypeVar("K", int, str)


class Found(NamedTuple):
    """A code and its score; `is_named` if the question has its number."""

    code: str
    score: float
    is_named: bool = False


class _Source(NamedTuple):
    """A table of texts: what rows match an expression, and whose they are."""

    search: Callable[[str], set[int]]
    codes: Callable[[Iterable[int]], dict[int, str]]
    is_catalog: bool


class _Spans(NamedTuple):
    """What is about a stem of a way to say a concept: codes, with how far they meet it, and wide ranges of codes."""

    codes: dict[str, float]
    ranges: list[tuple[str, str]]

    def meet(self, code: str) -> float:
        """How far a code meets the stem."""
        return self.codes.get(code) or (_WIDE if any(a <= code <= b for a, b in self.ranges) else 0.0)


class Finder:
    """Finds codes for one question."""

    def __init__(self, context: Context, vocabulary: Vocabulary) -> None:
        self._context = context
        self._vocabulary = vocabulary
        store = context.store
        self._releases = context.describing()
        self._sources = [_Source(store.search, store.codes_of, is_catalog=True)] + [
            _Source(partial(store.search_descriptors, n), partial(store.descriptor_codes, n), is_catalog=False)
            for n in self._releases
        ]
        self._size = max([store.code_count(), *map(store.descriptor_count, self._releases)])
        self._rows: dict[str, list[set[int]]] = {}
        self._named: dict[str, bool] = {}
        self._spanned: dict[str, _Spans] = {}
        self._expressions: list[str] = []

    def rows(self, word: str) -> list[set[int]]:
        """The rows of each source that have a word in any form, or another word of its meaning."""
        own = stem(word)
        if own not in self._rows:
            itself = _forms(word)
            others = " OR ".join(map(_quoted, sorted(self._vocabulary.written(own)))) or _quoted(word)
            # Prose names other codes too ("freezing the nerve is 31243"): there only the word itself counts.
            expressions = [f"{itself} OR {{title synonyms}} : ({others})"] + [f"{itself} OR {others}"] * len(
                self._releases
            )
            self._expressions.append(itself)
            self._rows[own] = [source.search(e) for source, e in zip(self._sources, expressions, strict=True)]
        return self._rows[own]

    def names_say(self, word: str) -> bool:
        """Whether a title, synonym or descriptor has a word in any form, or another word of its meaning."""
        own = stem(word)
        if own not in self._named:
            _, *described = self.rows(word)
            self._named[own] = any(described) or bool(
                self._context.store.search(f"{{title synonyms}} : {_forms(word)}")
            )
        return self._named[own]

    def names(self, codes: Sequence[str]) -> dict[str, list[str]]:
        """Titles, synonyms and imported descriptors of codes."""
        found = self.descriptors(codes)
        for code, (title, synonyms) in self._context.store.names(codes).items():
            found[code] = [title, *synonyms, *found.get(code, ())]
        return found

    def having(self, field: str) -> set[str]:
        """The codes of the catalog that have words of the question in a field."""
        rows = self._context.store.search(f"{field} : ({' OR '.join(self._expressions)})")
        return set(self._context.store.codes_of(rows).values())

    def descriptors(self, codes: Sequence[str]) -> dict[str, list[str]]:
        """The imported descriptors of codes, of all releases that name them."""
        found: dict[str, list[str]] = defaultdict(list)
        for release in self._releases:
            for code, row in self._context.store.descriptors(release, codes).items():
                found[code] += [text for text in row[1:] if text]
        return found

    def about(self, concepts: Sequence[Concept]) -> Callable[[str], list[float]]:
        """How far the ranges that a code is in say each of some concepts."""
        spans = [self._spans(concept) for concept in concepts]
        return lambda code: _in_range(code, spans)

    def find(self, concepts: Sequence[Concept]) -> tuple[list[Found], Ranker]:
        """The codes that have enough of the concepts, best first."""
        having = [self._having(concept) for concept in concepts]
        weights = [self._weight(*pair) for pair in zip(concepts, having, strict=True)]
        ranker = Ranker(self._vocabulary, concepts)
        shares: dict[str, float] = defaultdict(float)
        had: dict[str, set[int]] = defaultdict(set)
        prose: dict[str, set[int]] = defaultdict(set)
        for number, source in enumerate(self._sources):
            for code, share, met in self._candidates(source, [rows[number] for rows in having], concepts, weights):
                shares[code] = max(share, shares[code])
                had[code] |= met
                if source.is_catalog:
                    prose[code] = met
        spans = [self._spans(concept) for concept in concepts]
        about = {code for ways in spans for stems, _ in ways for each in stems for code in each.codes} - shares.keys()
        likely = [*_largest(list(shares), shares, _CANDIDATES), *about]
        by_range = {code: _in_range(code, spans) for code in likely}
        for code, said in by_range.items():
            shares[code] += sum(weight * value for weight, value in zip(weights, said, strict=True))
            had[code] |= {number for number, value in enumerate(said) if value}
        chosen = _largest(list(shares), shares, _RANKED)
        total = sum(weights) or 1.0
        signs = self._signs(chosen, concepts)
        found = []
        for code, names in self._names(chosen, ranker).items():
            said = by_range.get(code) or _in_range(code, spans)
            score = _score([(ranker.match(name), bonus) for name, bonus in names], said, prose[code], weights)
            found.append(Found(code, score + signs[code]))
        found.sort(key=lambda hit: (-hit.score, hit.code))
        least = max((hit.score for hit in found), default=0.0) * _LEAST
        most = max(map(len, had.values()), default=0)
        found = [hit for hit in found if hit.score > least or len(had[hit.code]) * 2 > most]
        others = [code for code in shares.keys() - about - set(chosen) if len(had[code]) * 2 > most]
        lowest = min((hit.score for hit in found), default=0.0)
        rest = [Found(code, shares[code] / total * max(lowest, 0.0) / 2) for code in others]
        rest.sort(key=lambda hit: (-hit.score, hit.code))
        return found + rest, ranker

    def _having(self, concept: Concept) -> list[set[int]]:
        """The rows of each source that have a concept: all words of one of the ways to say it."""
        words = concept.text.split()
        found: list[set[int]] = [set() for _ in self._sources]
        for way in concept.ways:
            telling = [each for each in way.stems if each not in self._vocabulary.light] or way.stems
            own = dict(zip(map(stem, words), words, strict=True))
            parts = [self.rows(own.get(each, each)) for each in telling]
            for number, rows in enumerate(zip(*parts, strict=True)):
                found[number] |= set.intersection(*rows)
        if not any(found):  # no text has all words of it
            parts = [self.rows(each) for way in concept.ways for each in way.stems]
            found = [set[int]().union(*rows) for rows in zip(*parts, strict=True)]
        return found

    def _weight(self, concept: Concept, having: list[set[int]]) -> float:
        rarity = math.log(1 + self._size / (1 + max(map(len, having)))) / _RARITY
        if concept.light:
            return _LIGHT
        return min(rarity, _MEASURE) if concept.measure else rarity

    def _candidates(
        self, source: _Source, having: list[set[int]], concepts: Sequence[Concept], weights: list[float]
    ) -> list[tuple[str, float, set[int]]]:
        """The codes of a source, with what the concepts that they have are worth, and which those are."""
        shares: dict[int, float] = defaultdict(float)
        for number, rows in enumerate(having):
            if not concepts[number].light or len(concepts) == 1:
                for row in rows:
                    shares[row] += weights[number]
        kept = _largest(list(shares), shares, _MOST)
        codes = source.codes(kept)
        telling = [n for n, concept in enumerate(concepts) if not concept.light or len(concepts) == 1]
        return [(codes[row], shares[row], {n for n in telling if row in having[n]}) for row in kept if row in codes]

    def _spans(self, concept: Concept) -> list[tuple[list[_Spans], float]]:
        """The ranges that are about a concept, way by way, and what a stem of the way is worth."""
        ways = concept.ways if not concept.light else ()
        known = [([self._span(each) for each in way.stems], way.worth / len(way.stems)) for way in ways]
        return [(spans, worth) for spans, worth in known if any(each.codes or each.ranges for each in spans)]

    def _span(self, own: str) -> _Spans:
        if own not in self._spanned:
            self._spanned[own] = _Spans({}, [])
            for about in self._vocabulary.ranges.get(own, "").split():
                first, last = about[:5], about[-5:]
                width = int(last) - int(first) + 1 if first.isdigit() and last.isdigit() else 1 if first == last else 0
                if 0 < width <= _NARROWER:
                    worth = _ONE_CODE if width <= _NARROWEST else _NARROW
                    codes = [first] if width == 1 else [f"{number:05}" for number in range(int(first), int(last) + 1)]
                    for code in codes:
                        self._spanned[own].codes[code] = max(worth, self._spanned[own].codes.get(code, 0.0))
                else:
                    self._spanned[own].ranges.append((first, last))
        return self._spanned[own]

    def _names(self, codes: list[str], ranker: Ranker) -> dict[str, list[tuple[str, float]]]:
        """The names of codes, with what having the question in it adds: a title counts the most."""
        names: dict[str, list[tuple[str, float]]] = {code: [] for code in codes}
        for code, (title, synonyms) in self._context.store.names(codes).items():
            # What a title says besides makes the code another one whatever the synonyms leave out.
            known = _DESCRIBED - (_ADD_ON if "(add-on" in title else 0.0)
            names[code] += [(title, _TITLE + known), *((each, known) for each in synonyms if ranker.touches(each))]
        for code, texts in self.descriptors(codes).items():
            names[code] += [(text, 0.0) for text in texts]
        return {code: found for code, found in names.items() if found}

    def _signs(self, codes: list[str], concepts: Sequence[Concept]) -> dict[str, float]:
        statuses = self._context.statuses(set(codes))
        bases = self._context.endoscopic_bases()
        anesthesia = any("anesthesia" in way.stems for concept in concepts for way in concept.ways)
        return {
            code: _sign(code, statuses.get(code, ""), anesthesia=anesthesia) + (_BASE if code in bases else 0.0)
            for code in codes
        }


def _in_range(code: str, spans: list[list[tuple[list[_Spans], float]]]) -> list[float]:
    """How far the ranges that a code is in say each concept."""
    return [
        max([worth * sum([each.meet(code) for each in stems]) for stems, worth in ways]) if ways else 0.0
        for ways in spans
    ]


def _score(names: list[tuple[Match, float]], by_range: list[float], prose: set[int], weights: list[float]) -> float:
    """The score of a code: its best name, with what that lacks but the code's other texts have."""
    anywhere = [max(met) for met in zip(*(match.met for match, _ in names), strict=True)]
    floor = [max(by_range[n], _OTHER_NAME * anywhere[n], _PROSE if n in prose else 0.0) for n in range(len(weights))]
    total = sum(weights) or 1.0
    best = -math.inf
    other = _OTHER_MEASURE if any(match.other for match, _ in names) else 0.0
    for match, bonus in names:
        share = sum(w * max(met, least) for w, met, least in zip(weights, match.met, floor, strict=True)) / total
        best = max(best, share - match.cost + bonus)
    return best + other


def _sign(code: str, status: str, *, anesthesia: bool) -> float:
    """What speaks for a code, or against it, before it is looked at."""
    sign = _ENDED if status in ("ended", "D") else _PAID if status in ("A", "R", "T") else 0.0
    if code[-1] == "F" or status == "M":
        sign += _QUALITY
    elif code[-1] in "TU":
        sign += _TEMPORARY
    if code[0].isalpha():
        sign += _LEVEL_TWO
    elif code[0] == "0" and code[-1].isdigit() and not anesthesia:
        sign += _ANESTHESIA
    return sign


def _largest(keys: list[K], shares: Mapping[K, float], most: int) -> list[K]:
    return keys if len(keys) <= most else heapq.nsmallest(most, keys, key=lambda key: (-shares[key], key))


def _forms(word: str) -> str:
    """An expression for a word and for what begins with its stem."""
    own = stem(word)
    return f"({_quoted(word)} OR {_quoted(own)}*)" if len(own) >= _SHORTEST_BEGINNING else _quoted(word)


def _quoted(word: str) -> str:
    """A word as an FTS5 string, in which no operator is one."""
    return '"' + word.replace('"', '""') + '"'
