"""Codes for parts of a note: for one, for several together, for one beside another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cptref.answers.finding import Found
from cptref.answers.suggesting.asking import OUTRIGHT, Asker, Question
from cptref.answers.suggesting.parts import Part, Parts, measured
from cptref.model.words import stem, words_of
from cptref.notes.tellings import Telling

# A code that says the terms of two parts stands for both unless another is so much better.
_TOGETHER = 0.75
# So far is a term said by a code that stands for several parts of an item, and for several items.
PARTS_SAID, ITEMS_SAID = 0.5, 0.66
# What the code of a listed procedure must score at the least.
LEAST = 0.36
_LEAST_UNNAMED = 0.45
# What does not say a term but this much more of the rest is meant all the same.
_CLEARLY = 1.3
# Where all words find nothing, so few on both sides of each term are asked for; what they find must be clearly best.
_FEWER = (3, 2)
_REGIONS = 3
_REGION = "region"
# What else a procedure may be that words tell outright must score so much.
_OTHER = 0.5
_LEAST_OF_FEWER, MARGIN = 0.5, 0.05


class Proposed(NamedTuple):
    """Parts of a note, the question that they were, and the codes found that say their terms, best first.

    `vague` tells that codes of several parts of the body are as good as the best: the words do not tell which is meant.
    `told` are the words that tell the first code outright, or a range of codes of which they leave it `undecided`.
    """

    parts: tuple[Part, ...]
    question: Question
    found: tuple[Found, ...]
    vague: bool = False
    told: tuple[str, ...] = ()
    undecided: str = ""

    @property
    def code(self) -> str:
        """The best code; empty where none was found."""
        return self.found[0].code if self.found else ""

    @property
    def terms(self) -> set[str]:
        """The stems of the terms of all parts."""
        return {stem(word) for part in self.parts for term in part.terms for word in words_of(term)}


class Matcher:
    """Finds codes for parts."""

    def __init__(self, asker: Asker, parts: Parts) -> None:
        self._asker = asker
        self._parts = parts

    def alone(self, part: Part, least: float = LEAST) -> Proposed:
        """Codes that say the terms of one part; where none does, those for fewer words around its terms."""
        if not part.terms:
            return self._unnamed(part)
        found = self._asked(part, least, whole=True)
        if found.found:
            return found
        for around in _FEWER:
            fewer = self._asked(self._parts.narrower(part, around), _LEAST_OF_FEWER)
            second = fewer.question.found[1].score if len(fewer.question.found) > 1 else 0.0
            if fewer.found and fewer.found[0].score >= second + MARGIN:
                return fewer
        return found

    def outright(self, part: Part, telling: Telling, others: Sequence[Found]) -> Proposed:
        """The code that words of a part tell outright; of a range the one that the part's sizes and words fit."""
        question = self._asker.ask(measured(part.words))
        codes = question.among(*telling.ends)
        rest = [each for each in others if each.code not in {code.code for code in codes} and each.score >= _OTHER]
        undecided = telling.codes if codes and codes[0].score < OUTRIGHT else ""
        return Proposed((part,), question, (*codes, *rest), told=part.terms, undecided=undecided)

    def together(self, parts: Sequence[Part], said: float = PARTS_SAID) -> Proposed | None:
        """Codes that say the terms of all parts so far, if any does well enough."""
        question = self._asker.ask([word for part in parts for word in part.words])
        found = question.saying([term for part in parts for term in part.telling or part.terms], said)
        if not self._asker.is_add_on(self.alone(parts[0]).code):  # an add-on code stands for its own part only
            found = [each for each in found if not self._asker.is_add_on(each.code)]
        if not found or found[0].score < max(_TOGETHER * question.found[0].score, LEAST):
            return None
        return Proposed(tuple(parts), question, tuple(found))

    def with_details(self, base: Part, details: Sequence[Part], least: float) -> Proposed:
        """Codes for a procedure that says how it was done: as its details say, of those that it may be alone."""
        alone = self.alone(base, least)
        both = self.together([base, *details])
        scores = {each.code: each.score for each in alone.found}
        if both and scores.get(both.code, 0.0) >= _TOGETHER * alone.found[0].score:
            return both
        return alone

    def added(self, base: Part, part: Part) -> Proposed | None:
        """Add-on codes that say a part, of those that it and the base find together."""
        question = self._asker.ask([*base.words, *part.words])
        found = [each for each in question.saying(part.terms, ITEMS_SAID) if self._asker.is_add_on(each.code)]
        return Proposed((part,), question, tuple(found)) if found and found[0].score >= LEAST else None

    def rest(self, found: Proposed) -> list[Proposed]:
        """A procedure, and the same at places that its code leaves out, as CT of chest, abdomen and pelvis is two.

        Of what is told outright such places are regions of the body only: a code for a limb leaves out the forearm.
        """
        [part] = found.parts
        if not found.found:
            return [found]
        said, unsaid = found.question.words(found.code)
        places = {place for region, place in part.where.places if not found.told or region == _REGION}
        left = places & set(unsaid)
        if not left or not places & set(said):
            return [found]
        words = tuple(word for word in part.words if word not in places or word in left)
        other = self.alone(part._replace(words=words))
        return [found, other] if other.code not in ("", found.code) else [found]

    def _unnamed(self, part: Part) -> Proposed:
        """Codes for an item whose words name no procedure by themselves: they must say several of them."""
        question = self._asker.ask(part.words)
        said = {each.code: len(question.words(each.code)[0]) for each in question.found}
        likely = [each for each in question.found if each.score >= _LEAST_UNNAMED and said[each.code] > 1]
        found = [each for each in likely if _says_half(question, each)]
        return Proposed((part,), question, tuple(found))

    def _asked(self, part: Part, least: float, *, whole: bool = False) -> Proposed:
        question = self._asker.ask(part.words)
        found = question.saying(part.terms, PARTS_SAID) or question.saying(part.terms)
        if not found:
            found = [each for each in question.found if any(question.says(each.code, term) for term in part.terms)]
        if whole and (not found or found[0].score <= 0):  # codes know no such term, or not for this
            found = [each for each in question.found if _says_half(question, each)]
        best = question.found[0] if question.found else None
        if best and found and best.score > found[0].score * _CLEARLY and _says_more(question, best, found[0]):
            found = [best, *(each for each in found if each != best)]
        kept = self._in_order([each for each in found if each.score >= least])
        return Proposed((part,), question, tuple(kept), _is_vague(kept))

    def _in_order(self, found: list[Found]) -> list[Found]:
        """Codes with those that are only reported beside another behind one that stands by itself nearly as well."""
        own = next((each for each in found if not self._asker.is_add_on(each.code)), None)
        if own is None or own.score < _TOGETHER * found[0].score:
            return found
        return [own, *(each for each in found if each != own)]


def _is_vague(found: Sequence[Found]) -> bool:
    """Whether codes of several parts of the body are as good as the best."""
    return len({each.code[:2] for each in found if each.score >= found[0].score - MARGIN}) >= _REGIONS


def _says_half(question: Question, found: Found) -> bool:
    """Whether a code says half of the telling words of a question."""
    said, unsaid = question.words(found.code)
    return len(said) >= len(unsaid)


def _says_more(question: Question, one: Found, other: Found) -> bool:
    """Whether a code says more words of a question than another."""
    said = [len(" ".join(question.words(each.code)[0]).split()) for each in (one, other)]
    return said[0] > said[1]
