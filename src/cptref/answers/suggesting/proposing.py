"""Codes for the procedures of a note.

What its words tell outright comes first, by the rules of tellings.toml. For the rest of its list codes are searched: an
item may name several procedures, or one whose code says them all (`EGD with biopsy` is one, `EGD with biopsy and
dilation` two), so it is cut at its conjunctions, and codes are asked for that say the terms of parts together; what no
code says together is proposed apart. Running text is searched only where nothing is listed nor told outright.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from cptref.answers.suggesting.asking import Asker
from cptref.answers.suggesting.drugs import drug, says_only_injection, without
from cptref.answers.suggesting.further import Further
from cptref.answers.suggesting.matching import ITEMS_SAID, LEAST, Matcher, Proposed
from cptref.answers.suggesting.parts import LONGEST_ITEM, Part, Parts
from cptref.answers.suggesting.sizes import Sizes
from cptref.notes.reading import Mention, Note
from cptref.notes.tellings import Telling
from cptref.notes.words import NoteWords

# What a code for running text must score.
_LEAST_TOLD = 0.6
# Codes that begin alike are of one part of the body; and so are those of the skin, and those of the heart.
_CHAPTERS = {**{f"1{digit}": "1" for digit in range(8)}, "93": "92"}
# Simple repair of wounds, and repair in layers.
_SIMPLE, _LAYERED = ("12001", "12018"), ("12031", "13160")
# What is done beside procedures of any part: guidance and supervision, vaccines, infusions and injections, sedation.
_BESIDE = (("76000", "77003"), ("81002", "81025"), ("90460", "90759"), ("96360", "96549"), ("99151", "99157"))


class Proposer:
    """Finds the codes of a note's procedures; `drugs` asks for those of drugs that were injected."""

    def __init__(self, asker: Asker, drugs: Asker, words: NoteWords) -> None:
        self._asker = asker
        self._drugs = drugs
        self._parts = Parts(words)
        self._further = words.further
        self._matcher = Matcher(asker, self._parts)

    def propose(self, note: Note) -> tuple[list[Proposed], list[Part]]:
        """The procedures of a note with their codes, in the note's order.

        Then what the running text of a note with a list names besides, of which no code says it with a listed one.
        """
        parts = _NoteParts(self._parts, self._drugs, note)
        outright = {id(mention): tellings for mention, tellings in note.tellings}
        found: list[Proposed] = []
        for mention in note.listed:
            tellings = outright.pop(id(mention), [])
            items = self._item(parts.cut(mention), LEAST)
            for new in items:
                if not any(_has(new, mention, telling) for telling in tellings):
                    self._add(found, new)
            found += self._outright(parts, mention, tellings, items)
        unmatched: list[Part] = []
        # The title of a note without headings is no list of all that was done.
        is_list = any(mention.statement.section == "procedure" for mention in note.listed)
        near = {_chapter(each.code) for each in found if each.found} if is_list else set()
        for mention, tellings in note.tellings:
            under_heading = mention.statement.section == "procedure"
            for each in self._outright(parts, mention, tellings, []) if id(mention) in outright else ():
                if each.found and (not near or under_heading or self._is_beside(each.code, near)):
                    _add_new(found, [each])
                else:
                    unmatched += each.parts
        # Where nothing is listed nor told outright, running text is asked for, sentence by sentence.
        searched = not note.listed and not note.tellings
        for mention in note.told:
            whole = parts.whole(mention)
            if id(mention) in outright:
                continue
            if searched:
                _add_new(found, self._told(parts.cut(mention) if len(mention.words) <= LONGEST_ITEM else [whole]))
            elif not self._is_said(whole, found):
                unmatched.append(whole)
        found = _of_one_wound(found) + list(parts.drugs.values())
        found += Further(self._further, note).of(found)
        return sorted(found, key=lambda each: each.parts[-1].line), unmatched

    def _is_said(self, part: Part, found: Sequence[Proposed]) -> bool:
        """Whether codes that were found say all that a part names wherever it stands."""
        codes = {each.code for each in found if each.found}
        return all(any(self._asker.says(code, term) for code in codes) for term in part.telling)

    def _is_beside(self, code: str, near: set[str]) -> bool:
        """Whether running text may tell a code beside those of a list, of which `near` are the chapters.

        What is of no chapter of the list is a step of it, but for imaging that guides, drugs, vaccines and sedation.
        """
        if _chapter(code) in near or not code[0].isdigit() or self._asker.is_add_on(code):
            return True
        return any(first <= code <= last for first, last in _BESIDE)

    def _outright(
        self, parts: _NoteParts, mention: Mention, tellings: Sequence[Telling], found: Sequence[Proposed]
    ) -> list[Proposed]:
        """What a mention tells outright; codes that the same words tell, or were found for them, are alternatives."""
        # An add-on is told beside its primary by the same words.
        told: dict[tuple[tuple[int, ...], bool], Proposed] = {}
        for telling in tellings:
            others = [each for new in found if _has(new, mention, telling) for each in new.found]
            new = self._matcher.outright(parts.of_telling(mention, telling), telling, others)
            key = (telling.at, self._asker.is_add_on(new.code))
            before = told.get(key)
            if before and before.found:
                more = tuple(each for each in new.found if each.code not in {other.code for other in before.found})
                new = before._replace(found=(before.found[0], *more, *before.found[1:]))
            told[key] = new
        every = [each for new in told.values() for each in self._matcher.rest(new)]
        return list({each.code: each for each in reversed(every)}.values())[::-1]

    def _item(self, parts: Sequence[Part], least: float) -> list[Proposed]:
        """The procedures of an item of a list, of one part or several."""
        if not parts:
            return []
        if len(parts) == 1:
            return self._matcher.rest(self._matcher.alone(parts[0], least))
        base, *others = parts
        if all(part.detail for part in others):
            return [self._matcher.with_details(base, others, least)]
        whole = None if any(one.apart(two) for one, two in combinations(parts, 2)) else self._matcher.together(parts)
        if whole:
            return [whole]
        found: list[Proposed] = []
        with_base = False
        for part in others:
            both = None if base.apart(part) else self._matcher.together([base, part])
            with_base = with_base or both is not None
            if both:
                found.append(both)
            elif not part.detail:
                found.append(self._matcher.added(base, part) or self._matcher.alone(part, least))
        return found if with_base else [self._matcher.alone(base, least), *found]

    def _add(self, listed: list[Proposed], new: Proposed) -> None:
        """Add a procedure to those before, or to the one that a code says together with it."""
        for number, before in enumerate(listed) if new.found and new.terms else ():
            if (
                before.found
                and not before.told
                and not before.terms & new.terms
                and not before.parts[0].apart(new.parts[0])
            ):
                both = self._matcher.together([*before.parts, *new.parts], ITEMS_SAID)
                if both and all(both.question.says(both.code, word) for word in before.question.words(before.code)[0]):
                    listed[number] = both
                    return
        listed.append(new)

    def _told(self, parts: Sequence[Part]) -> list[Proposed]:
        """The procedures of parts of a statement of a note that lists none."""
        parts = [each._replace(where=each.where or each.mention.where) for each in parts]
        found = self._item(parts, _LEAST_TOLD)
        return [each for each in found if each.found and each.found[0].score >= _LEAST_TOLD and not each.vague]


def _chapter(code: str) -> str:
    """What codes of one part of the body begin with."""
    return _CHAPTERS.get(code[:2], code[:2])


def _has(found: Proposed, mention: Mention, telling: Telling) -> bool:
    """Whether a procedure was found for words of a mention that tell a code outright."""
    return any(
        part.mention is mention and any(part.ends[0] <= place < part.ends[1] for place in telling.at)
        for part in found.parts
    )


def _of_one_wound(found: Sequence[Proposed]) -> list[Proposed]:
    """Procedures without the simple repair of a wound that the note goes on to tell a repair in layers of."""
    layered = [each for each in found if _LAYERED[0] <= each.code <= _LAYERED[1]]
    return [
        each
        for each in found
        if not _SIMPLE[0] <= each.code <= _SIMPLE[1]
        or all(each.parts[0].apart(other.parts[0]) or not _follows(each, other) for other in layered)
    ]


def _follows(one: Proposed, other: Proposed) -> bool:
    """Whether a procedure is told in the line of another or the next, at a place that the other has too."""
    places, others = one.parts[0].where.places, other.parts[0].where.places
    return 0 <= other.parts[0].line - one.parts[0].line <= 1 and places == others


def _add_new(found: list[Proposed], more: Sequence[Proposed]) -> None:
    """Add those whose code was not found before."""
    for each in more:
        if each.code not in {before.code for before in found}:
            found.append(each)


class _NoteParts:
    """The parts of a note's statements, with sizes that it gives elsewhere and without drugs that were given."""

    def __init__(self, parts: Parts, drugs: Asker, note: Note) -> None:
        self._parts = parts
        self._sizes = Sizes(note.placed, lists_one=len(note.listed) <= 1)
        # By the number of the statement's object, as a statement may be there twice.
        self.drugs = {id(each): given for each in (*note.listed, *note.told) if (given := drug(drugs, parts, each))}

    def whole(self, mention: Mention) -> Part:
        """A statement as one part."""
        return self._completed(self._parts.whole(mention))

    def cut(self, mention: Mention) -> list[Part]:
        """The parts of a statement, but those that only tell of a drug."""
        parts = [self._completed(part) for part in self._parts.cut(mention)]
        return [part for part in parts if id(mention) not in self.drugs or not says_only_injection(part)]

    def of_telling(self, mention: Mention, telling: Telling) -> Part:
        """The part of a statement that tells a code outright."""
        part = self._parts.of_telling(mention, telling.at)
        return self._completed(part._replace(where=part.where or mention.where))

    def _completed(self, part: Part) -> Part:
        given = self.drugs.get(id(part.mention))
        return self._sizes.completed(without(part, given) if given else part)
