"""The codes of drugs that a note says were injected."""

from __future__ import annotations

import re

from cptref.answers.suggesting.asking import Asker
from cptref.answers.suggesting.matching import LEAST, MARGIN, Proposed
from cptref.answers.suggesting.parts import Parts, said_of
from cptref.model.words import stem
from cptref.notes.reading import Mention

_DOSE = re.compile(r"\d+(?:\.\d+)?\s*(?:mg|mcg|units?|iu)\b", re.IGNORECASE)
_INJECT = stem("inject")
# The name of a drug stands at most so many words from its dose.
_NEAR = 5


def drug(asker: Asker, parts: Parts, mention: Mention) -> Proposed | None:
    """The code of a drug that a statement says was injected, with its dose, where one is clearly meant."""
    if not any(stem(said_of(mention, term).lower()) == _INJECT for term in mention.terms):
        return None
    for found in _DOSE.finditer(mention.statement.text):
        at = next((n for n, word in enumerate(mention.words) if word.start == found.start()), None)
        if at is None:
            continue
        part = parts.part(mention, max(at - _NEAR, 0), min(at + _NEAR + 1, len(mention.words)))
        words = [word for word in part.words if not word[0].isdigit() and stem(word) != _INJECT]
        question = asker.ask(words)
        first, second = [*(each.score for each in question.found[:2]), 0.0, 0.0][:2]
        if first >= LEAST and first >= second + MARGIN and question.words(question.found[0].code)[0]:
            return Proposed((part._replace(terms=(), telling=()),), question, tuple(question.found[:1]))
    return None
