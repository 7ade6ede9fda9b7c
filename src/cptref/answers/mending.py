"""Mistyped words of a question, mended by the words that the store has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cptref.answers.context import Context
from cptref.answers.vocabulary import Vocabulary
from cptref.model.syntax import is_code, shown

_LIKE_ENOUGH = 0.8
_SHORTEST = 4


def mended(
    context: Context, vocabulary: Vocabulary, words: Sequence[str], found: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """The words with each that nothing has replaced by the likest one that something has; and those still lost.

    `found` tells whether any text has a word or the beginning of one. Numbers stay: they may lie in what names tell.
    """
    kept = []
    lost = []
    for word in words:
        like = word
        if not word[0].isdigit() and not vocabulary.knows(word) and not found(word) and not is_code(word.upper()):
            like = _likest(context, vocabulary, word) if len(word) >= _SHORTEST and word.isalpha() else ""
            if like:
                context.warn(f"No entry has '{shown(word)}': searched for {like}.")
            else:
                lost.append(word)
        if like:
            kept.append(like)
    return kept, lost


def _likest(context: Context, vocabulary: Vocabulary, word: str) -> str:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = vocabulary.words().union(
        context.store.range_words(), *(context.store.words(release) for release in (0, *context.describing()))
    )
    # Of words that are as like, the one that begins as the mistyped one does: few mistype the beginning.
    near = process.extract(word, sorted(known), scorer=OSA.normalized_similarity, score_cutoff=_LIKE_ENOUGH, limit=5)
    best = max(
        near, key=lambda each: (round(each[1], 2), each[0][:2] == word[:2], each[0][-1] == word[-1]), default=None
    )
    return best[0] if best else ""
