"""Questions of a note to the search: which codes say words of it, and which of those say certain ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cptref.answers.context import Context
from cptref.answers.finding import Finder, Found
from cptref.answers.measures import quantities, spans
from cptref.answers.ranking import Match, Ranker
from cptref.answers.vocabulary import Concept, Vocabulary
from cptref.model.words import stem, words_of

# A name says a term if it has this much of one of its words' meanings.
_SAID = 0.3
# The score of a code that words tell outright, and of others of its range.
OUTRIGHT, _NEIGHBOR = 1.0, 0.5
# Of so many of the best codes the names are looked at.
_LOOKED_AT = 60
# What the anesthetist and the pathologist bill.
_OTHERS = (("00100", "01999"), ("88000", "88399"))
# Fee schedule statuses of measures, and of codes that have ended.
_NOT_BILLED = frozenset(("M", "D", "ended"))


class Question:
    """Words of a note, and the codes that they find, best first."""

    def __init__(
        self, asker: Asker, words: tuple[str, ...], concepts: list[Concept], found: list[Found], ranker: Ranker
    ) -> None:
        self._asker = asker
        self.words_asked = words
        self.concepts = concepts
        self.found = asker.wanted(found)[:_LOOKED_AT]
        self._ranker = ranker

    @cached_property
    def _matches(self) -> dict[str, list[Match]]:
        names = self._asker.finder.names([each.code for each in self.found])
        return {code: [self._ranker.match(name) for name in texts] for code, texts in names.items()}

    @cached_property
    def _met(self) -> dict[str, list[float]]:
        """How far each code says each concept, by the best of its names or by the range that it is in."""
        about = self._asker.finder.about(self.concepts)
        return {
            code: [max(values) for values in zip(*(match.met for match in matches), about(code), strict=True)]
            for code, matches in self._matches.items()
        }

    def says(self, code: str, term: str, least: float = _SAID) -> bool:
        """Whether a code says a term, in these words or in others."""
        stems = {stem(word) for word in words_of(term)}
        asked = [n for n, each in enumerate(self.concepts) if stems & {stem(word) for word in each.text.split()}]
        met = self._met.get(code)
        return met is not None and any(met[n] >= least for n in asked)

    def saying(self, terms: Sequence[str], least: float = _SAID) -> list[Found]:
        """The codes that say all terms, best first."""
        return [each for each in self.found if all(self.says(each.code, term, least) for term in terms)]

    def among(self, first: str, last: str) -> list[Found]:
        """The codes of a range by how much of the question they say; those of another size, count or age come last.

        The first is told outright unless the second says as much, or its names tell a size that the question lacks.
        """
        codes = self._asker.between(first, last)
        names = self._asker.finder.names(codes)
        ranked = []
        for code in codes:
            matches = [self._ranker.match(name) for name in names.get(code, ())]
            best = max((sum(match.met) - match.cost for match in matches), default=0.0)
            ranked.append((any(match.other for match in matches), -best, code))
        ranked.sort()
        decided = len(ranked) == 1
        if len(ranked) > 1 and ranked[0][:2] != ranked[1][:2]:
            sized = any(spans(words_of(name)) for name in names.get(ranked[0][2], ()))
            decided = not sized or bool(quantities(self.words_asked))
        return [
            Found(code, OUTRIGHT if decided and not number else _NEIGHBOR) for number, (_, _, code) in enumerate(ranked)
        ]

    def words(self, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words that a code says, and those that it does not; without such as tell little."""
        met = self._met.get(code) or [0.0] * len(self.concepts)
        telling = [(each.text, value) for each, value in zip(self.concepts, met, strict=True) if not each.light]
        return (
            tuple(text for text, value in telling if value >= _SAID),
            tuple(text for text, value in telling if value < _SAID),
        )


class Asker:
    """Asks the search, with what it keeps of words between questions; codes not of `kinds` are not wanted.

    `kinds` are the first letters of codes; a digit stands for all digits.
    """

    def __init__(self, context: Context, vocabulary: Vocabulary, kinds: str) -> None:
        self._context = context
        self._vocabulary = vocabulary
        self._kinds = kinds
        self.finder = Finder(context, vocabulary)
        self._asked: dict[tuple[str, ...], Question] = {}
        self._names: dict[str, list[str]] = {}
        self._rankers: dict[str, tuple[Ranker, list[Concept]]] = {}
        self._add_ons: dict[str, bool] = {}

    def ask(self, words: Sequence[str]) -> Question:
        """The codes for words as `words_of` gives them; what no name of a code has is left out."""
        kept = tuple(word for word in dict.fromkeys(words) if self._known(word))
        if kept not in self._asked:
            concepts = self._vocabulary.concepts(kept)
            found, ranker = self.finder.find(concepts) if concepts else ([], Ranker(self._vocabulary, ()))
            self._asked[kept] = Question(self, kept, concepts, found, ranker)
        return self._asked[kept]

    def says(self, code: str, term: str) -> bool:
        """Whether a code says a term, whatever question found it."""
        if term not in self._rankers:
            concepts = self._vocabulary.concepts(words_of(term))
            self._rankers[term] = (Ranker(self._vocabulary, concepts), concepts)
        ranker, concepts = self._rankers[term]
        met = [ranker.match(name).met for name in self.names(code)] + [tuple(self.finder.about(concepts)(code))]
        return any(value >= _SAID for values in met for value in values)

    def names(self, code: str) -> list[str]:
        """Titles, synonyms and descriptors of a code."""
        if code not in self._names:
            self._names[code] = self.finder.names([code]).get(code, [])
        return self._names[code]

    def between(self, first: str, last: str) -> list[str]:
        """The codes of a range that are in use."""
        codes = [code for code, _ in self._context.codes_between(first, last)]
        statuses = self._context.statuses(set(codes))
        return [code for code in codes if statuses.get(code) not in _NOT_BILLED]

    def wanted(self, found: Sequence[Found]) -> list[Found]:
        """Those of some codes that are proposed: of the right kind, in use, no measures, and not others' work."""
        kept = [each for each in found[: 2 * _LOOKED_AT] if self._is_kind(each.code)]
        statuses = self._context.statuses({each.code for each in kept})
        return [each for each in kept if statuses.get(each.code) not in _NOT_BILLED]

    def _is_kind(self, code: str) -> bool:
        kind = code[0] if code[0].isalpha() else "0"
        return kind in self._kinds and code[-1] != "F" and not any(a <= code <= b for a, b in _OTHERS)

    def is_add_on(self, code: str) -> bool:
        """Whether a code is only reported beside another: its global period is ZZZ."""
        if code not in self._add_ons:
            self._add_ons[code] = self._context.is_add_on(code)
        return self._add_ons[code]

    def _known(self, word: str) -> bool:
        return word[0].isdigit() or self._vocabulary.knows(word) or self.finder.names_say(word)
