"""Codes for the procedures of a note.

An item of a list may name several procedures, or one whose code says them all: `EGD with biopsy` is one, `EGD with
biopsy and dilation` two. So an item is cut at its conjunctions, and codes are asked for that say the terms of parts
together; what no code says together is proposed apart. What running text adds to a procedure (`Colonoscopy` ... `the
polyp was removed with a cold snare`) is asked for together with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from cptref.answers.measures import quantities
from cptref.answers.suggesting.asking import Asker
from cptref.answers.suggesting.drugs import drug, says_only_injection, without
from cptref.answers.suggesting.matching import ITEMS_SAID, LEAST, MARGIN, Matcher, Proposed
from cptref.answers.suggesting.parts import LONGEST_ITEM, Part, Parts
from cptref.answers.suggesting.sizes import Sizes
from cptref.model.words import stem, words_of
from cptref.notes.reading import Mention, Note
from cptref.notes.words import NoteWords

# What a code for running text must score, by whether its words name a procedure wherever they stand.
_LEAST_TOLD, _LEAST_HINTED = 0.3, 0.4
_ALIKE = 2


class Proposer:
    """Finds the codes of a note's procedures; `drugs` asks for those of drugs that were injected."""

    def __init__(self, asker: Asker, drugs: Asker, words: NoteWords) -> None:
        self._asker = asker
        self._drugs = drugs
        self._parts = Parts(words)
        self._matcher = Matcher(asker, self._parts)

    def propose(self, note: Note) -> tuple[list[Proposed], list[Part]]:
        """The procedures of a note with their codes, in the note's order.

        Then what the running text of a note with a list names besides, of which no code says it with a listed one.
        """
        parts = _NoteParts(self._parts, self._drugs, note)
        listed: list[Proposed] = []
        for mention in note.listed:
            for new in self._item(parts.cut(mention), LEAST):
                self._add(listed, new)
        found = _Running(self._asker, self._matcher, listed)
        unmatched: list[Part] = []
        for mention in note.told:
            whole = parts.whole(mention)
            if note.listed:
                if not found.takes(whole, found.numbers) and not found.says(whole):
                    unmatched.append(whole)
                continue
            cut = parts.cut(mention) if len(mention.words) <= LONGEST_ITEM else [whole]
            found.add(self._told(whole, [part for part in cut if not found.takes(part, found.numbers[::-1])]))
        procedures = [*found.procedures(), *parts.drugs.values()]
        return sorted(procedures, key=lambda each: each.parts[-1].line), unmatched

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
            if before.found and not before.terms & new.terms and not before.parts[0].apart(new.parts[0]):
                both = self._matcher.together([*before.parts, *new.parts], ITEMS_SAID)
                if both and all(both.question.says(both.code, word) for word in before.question.words(before.code)[0]):
                    listed[number] = both
                    return
        listed.append(new)

    def _told(self, whole: Part, parts: Sequence[Part]) -> list[Proposed]:
        """The procedures of parts of a statement of a note that lists none."""
        least = _LEAST_TOLD if whole.telling else _LEAST_HINTED
        found = self._item([each._replace(where=each.where or each.mention.where) for each in parts], least)
        return [each for each in found if each.found and each.found[0].score >= least and not each.vague]


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

    def _completed(self, part: Part) -> Part:
        given = self.drugs.get(id(part.mention))
        return self._sizes.completed(without(part, given) if given else part)


class _Running:
    """The procedures that were found so far, as running text tells more of them."""

    def __init__(self, asker: Asker, matcher: Matcher, listed: list[Proposed]) -> None:
        self._asker = asker
        self._matcher = matcher
        self._listed = listed
        self._refined: list[Proposed] = []
        # The numbers of those that a refined one stands for, and of those whose code running text bears out.
        self._replaced: set[int] = set()
        self._confirmed: set[int] = set()

    def procedures(self) -> list[Proposed]:
        """All of them."""
        gone = self._replaced - self._confirmed
        return [*(each for number, each in enumerate(self._listed) if number not in gone), *self._refined]

    def add(self, found: Sequence[Proposed]) -> None:
        """Add those whose code was not found before."""
        for each in found:
            if each.code not in {before.code for before in self._listed}:
                self._listed.append(each)

    def says(self, part: Part) -> bool:
        """Whether codes that were found say all that a part names wherever it stands."""
        codes = {each.code for each in (*self._listed, *self._refined) if each.found}
        return all(any(self._asker.says(code, term) for code in codes) for term in part.telling)

    @property
    def numbers(self) -> range:
        """The numbers of the procedures, in the note's order; those that are told last come last."""
        return range(len(self._listed))

    def takes(self, part: Part, numbers: Iterable[int]) -> bool:
        """Whether a part of running text tells more of one of some procedures; what both are is then found."""
        named = {word for term in part.terms for word in words_of(term)}
        if named.issuperset(part.words):  # a bare name is a procedure of its own
            return False
        for number in numbers:
            before = self._listed[number]
            if before.found:
                self._confirm(number, before, part)
                both = self._both(before, part)
                if both:
                    self._refine(number, before, both)
                    return True
        return False

    def _confirm(self, number: int, before: Proposed, part: Part) -> None:
        """Note a procedure whose code says all that the part tells, and more than the procedure itself did."""
        told = {stem(word) for term in part.telling for word in words_of(term)}
        if told - before.terms and all(self._asker.says(before.code, term) for term in part.telling):
            self._confirmed.add(number)

    def _both(self, before: Proposed, part: Part) -> Proposed | None:
        """What a procedure and a part of running text are together, where the part adds a term or a size."""
        new = [term for term in part.terms if not self._asker.says(before.code, term)]
        if not new:
            adds_size = quantities(part.words) and not quantities(before.question.words_asked)
            if adds_size and self._asker.sized(before.code):
                return self._matcher.joined(before, part, part.terms)
            return self._told_apart(before, part)
        telling = [term for term in new if term in part.telling]
        both = self._matcher.joined(before, part, telling) if telling else None
        return both if both and both.code != before.code else None

    def _told_apart(self, before: Proposed, part: Part) -> Proposed | None:
        """Which of codes that a procedure may be alike the words around the same term tell: `closed in layers`."""
        if len(before.found) < _ALIKE or before.found[1].score < before.found[0].score - MARGIN:
            return None
        both = self._matcher.joined(before, part, part.terms)
        alike = {each.code for each in before.found if each.score >= before.found[0].score - 2 * MARGIN}
        if both is None or both.code == before.code or both.code not in alike:
            return None
        return both if both.question.told(both.code) > both.question.told(before.code) else None

    def _refine(self, number: int, before: Proposed, both: Proposed) -> None:
        """Add what was found; it replaces a procedure all of whose terms it says."""
        terms = [term for part in before.parts for term in part.terms]
        if all(self._asker.says(both.code, term) for term in terms):
            self._replaced.add(number)
        if both.code not in {each.code for each in self._refined}:
            self._refined.append(both)
