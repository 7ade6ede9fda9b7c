"""The codes of drugs that a note says were injected."""

from __future__ import annotations

import re

from cptref.answers.suggesting.asking import Asker
from cptref.answers.suggesting.matching import LEAST, MARGIN, Proposed
from cptref.answers.suggesting.parts import Part, Parts, said_of
from cptref.model.words import stem, words_of
from cptref.notes.reading import Mention

_DOSE = re.compile(r"\d+(?:\.\d+)?\s*(?:mg|mcg|units?|iu)\b", re.IGNORECASE)
_INJECT = stem("inject")
# The name of a drug stands at most so many words from its dose.
_NEAR = 5


def drug(asker: Asker, parts: Parts, mention: Mention) -> Proposed | None:
    """The code of a drug that a statement says was injected, with its dose, where one is clearly meant."""
    if not any(_injects(said_of(mention, term)) for term in mention.terms):
        return None
    for found in _DOSE.finditer(mention.statement.text):
        at = next((n for n, word in enumerate(mention.words) if word.start == found.start()), None)
        if at is None:
            continue
        part = parts.part(mention, max(at - _NEAR, 0), min(at + _NEAR + 1, len(mention.words)))
        words = [word for word in part.words if not word[0].isdigit() and not _injects(word)]
        question = asker.ask(words)
        first, second = [*(each.score for each in question.found[:2]), 0.0, 0.0][:2]
        if first >= LEAST and first >= second + MARGIN and question.words(question.found[0].code)[0]:
            return Proposed((part._replace(terms=(), telling=()),), question, tuple(question.found[:1]))
    return None


def without(part: Part, drug: Proposed) -> Part:
    """A part without the words of a drug and its dose."""
    named = {word for text in drug.question.words(drug.code)[0] for word in text.split()}
    named -= {word for _, place in part.where.places for word in place.split()}
    dose = {word for found in _DOSE.findall(part.mention.statement.text) for word in words_of(found)}
    return part._replace(words=tuple(word for word in part.words if word not in named | dose))


def says_only_injection(part: Part) -> bool:
    """Whether no word of a part tells what was injected into."""
    return all(_injects(word) for word in part.words)


def _injects(word: str) -> bool:
    return stem(word.lower()) == _INJECT
