"""The rules of `tellings.toml` by which notes tell of procedures, compiled to one row: what is asked of them by key."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from cptref.model.rows import VocabularyRow
from cptref.model.words import stem
from cptref.sources.catalog_schema import TellingsEntry

KIND = "tellings"
# What stands before words that the note must have elsewhere, and those that the statement or the note must not have.
_ELSEWHERE, _NOT_HERE, _NOWHERE = "@", "!", "!!"
_SIGN = re.compile(r"(?:^|\s)(@|!!?)\s")
# `=ARM` is meant as it is written, as are letters in capitals if they are so few. A stem of fewer letters than words
# of one stem have may be another word's too (`tape`, `tap`): then only these endings are folded.
_SHORT, _SHORTEST_STEM = 2, 4
_ENDINGS = ("", "s", "es", "d", "ed", "ing")


class _Words:
    """Numbers words, and lists of words of which one must be there."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._lists: dict[tuple[int, ...], int] = {}
        self._written: dict[str, int] = {}
        self.exact: dict[str, list[int]] = defaultdict(list)
        self.stems: dict[str, list[int]] = defaultdict(list)
        self.beginnings: dict[str, list[int]] = defaultdict(list)

    @property
    def lists(self) -> list[tuple[int, ...]]:
        """The lists by their numbers."""
        return list(self._lists)

    def one_of(self, written: str) -> int:
        """The number of a list of words, which bars or blanks are between."""
        if written not in self._written:
            numbers = tuple(sorted({self._number(each) for each in written.replace("|", " ").split()}))
            self._written[written] = self._lists.setdefault(numbers, len(self._lists))
        return self._written[written]

    def _number(self, word: str) -> int:
        if word not in self._numbers:
            number = self._numbers[word] = len(self._numbers)
            lower = word.lower()
            if word.startswith("="):
                self.exact[word[1:]].append(number)
            elif word.endswith("*"):
                self.beginnings[lower[:-1]].append(number)
            elif word.isupper():
                self.exact[word if len(word) <= _SHORT else lower].append(number)
            elif len(lower) <= _SHORT:
                self.exact[lower].append(number)
            elif len(stem(lower)) < _SHORTEST_STEM:
                for ending in _ENDINGS:
                    self.exact[lower + ending].append(number)
            else:
                self.stems[stem(lower)].append(number)
        return self._numbers[word]


def row(entry: TellingsEntry) -> VocabularyRow:
    """All rules as JSON, with those that a word may begin: of each rule the list that the fewest rules have."""
    named = re.compile("|".join(rf"\$\b{name}\b" for name in entry.words) or r"(?!)")
    words = _Words()
    rules = []
    groups = (group.items() for group in entry.rules.values())
    for codes, text in ((codes, text) for group in groups for codes, texts in group for text in texts):
        begin, *rest = _SIGN.split(named.sub(lambda found: entry.words[found[0][1:]], text))
        parts = dict(zip(rest[::2], rest[1::2], strict=True))
        says, elsewhere = ([words.one_of(each) for each in part.split()] for part in (begin, parts.get(_ELSEWHERE, "")))
        not_here, nowhere = (words.one_of(parts.get(sign, "")) for sign in (_NOT_HERE, _NOWHERE))
        rules.append((codes, says, elsewhere, not_here, nowhere))
    lists = words.lists
    uses: dict[int, int] = defaultdict(int)
    for _, says, *_ in rules:
        for word in {word for each in says for word in lists[each]}:
            uses[word] += 1
    used = [sum(uses[word] for word in each) for each in lists]
    begun: dict[int, list[int]] = defaultdict(list)
    for number, (_, says, *_) in enumerate(rules):
        for word in lists[min(says, key=used.__getitem__)]:
            begun[word].append(number)
    entries = {
        "exact": words.exact, "stems": words.stems, "beginnings": words.beginnings, "lists": lists, "rules": rules,
        "begun": begun,
    }  # fmt: skip
    return VocabularyRow(KIND, json.dumps(entries))
