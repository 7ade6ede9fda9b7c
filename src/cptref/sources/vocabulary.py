"""The words of the search, `vocabulary.toml`, compiled: every word as its stem, and what is asked of it by key."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cptref.model.rows import VocabularyRow
from cptref.model.words import STOP, stem, words_of
from cptref.sources.catalog_schema import VocabularyEntry


def rows(entry: VocabularyEntry) -> Iterator[VocabularyRow]:
    """A row for each kind of fact, whose entries are JSON: one dictionary is read faster than thousands of rows."""
    spelled: dict[str, set[str]] = defaultdict(set)

    def stems(text: str) -> list[str]:
        found = []
        for word in words_of(text):
            found.append(stem(word))
            spelled[found[-1]].add(word)
        return found

    readings = defaultdict(list)
    for full, forms in entry.clipped.items():
        meant = stems(full)
        for form in forms.lower().split():
            readings[form].append(meant)
            for each in meant:
                spelled[each].add(form)
    alike = defaultdict(set)
    for group in entry.alike["groups"]:
        members = stems(group)
        for each in members:
            alike[each].update(members)
    means: dict[str, list[list[str]]] = defaultdict(list)
    for term, meanings in entry.means.items():
        key = [each for each in stems(term) if each not in STOP]  # as a question is read
        means[" ".join(key)] += [stems(meaning) for meaning in meanings]
    ranges = defaultdict(list)
    for codes, about in entry.ranges.items():
        for each in _stems(about):
            ranges[each].append(codes)
    kinds: dict[str, Any] = {
        "readings": {form: _flat(meant) for form, meant in readings.items()},
        "alike": {each: sorted(members) for each, members in alike.items()},
        "ranges": {each: " ".join(codes) for each, codes in ranges.items()},
        "means": {term: _flat(meant) for term, meant in means.items()},
        "roots": {root: stems(meaning) for root, meaning in entry.roots.items()},
        "endings": {ending: stems(meaning) for ending, meaning in entry.endings.items()},
        "light": [each for line in entry.light["words"] for each in stems(line)],
        "marked": [each for line in entry.marked["words"] for each in stems(line)],
    }
    kinds["spelled"] = {each: " ".join(sorted(written)) for each, written in spelled.items()}
    kinds["diagnoses"] = {
        "means": {
            " ".join(_stems(term)): _flat([_stems(meaning) for meaning in meanings])
            for term, meanings in entry.diagnoses.items()
        },
        "spelled": {
            stem(word): word
            for meanings in entry.diagnoses.values()
            for meaning in meanings
            for word in words_of(meaning)
        },
        **{
            kind: [stem(word) for line in lines for word in line.split()]
            for kind, lines in entry.diagnosis_words.items()
        },
    }
    # Of these only the mending of typos wants to know how they are written.
    kinds["range_words"] = " ".join(sorted({word for about in entry.ranges.values() for word in words_of(about)}))
    for kind, entries in kinds.items():
        yield VocabularyRow(kind, json.dumps(entries))


def _stems(text: str) -> list[str]:
    """The stems of a text as a question is read."""
    return [stem(word) for word in words_of(text) if word not in STOP]


def _flat(ways: list[list[str]]) -> str:
    """Several ways to say something in one text, `open treat|fix`: read in half the time of lists."""
    return "|".join(" ".join(way) for way in ways)
