"""`suggest`: the procedures and diagnoses of a note, with codes, modifiers and the check of both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cptref.answers.check import Checks
from cptref.answers.context import LOAD, Context
from cptref.answers.suggesting.asking import Asker
from cptref.answers.suggesting.defending import Defender, distinct
from cptref.answers.suggesting.diagnoses import noted_diagnoses, uncertain_diagnoses
from cptref.answers.suggesting.matching import Proposed
from cptref.answers.suggesting.parts import Part
from cptref.answers.suggesting.proposing import Proposer
from cptref.answers.vocabulary import vocabulary_of
from cptref.errors import NotFoundError
from cptref.model.answer import Source
from cptref.model.claim import CheckedClaim, Claim, ClaimLine
from cptref.model.suggestion import PassedOver, Proposal, ProposedModifier, ProposedProcedure, Suggestions
from cptref.model.syntax import parse_code
from cptref.notes.reading import Note, Reader
from cptref.notes.tellings import Tellings
from cptref.notes.words import note_words
from cptref.store.read import Store

# The first letters of the codes that are proposed: CPT, and of HCPCS what Medicare has for services and drugs; for
# hospitals also what only they bill. The rest is supplies, devices, quality measures and other payers' codes.
_KINDS = {"practitioner": "0G", "hospital": "0CG"}
_DRUGS = "J"
# Repair of wounds.
_WOUNDS = ("12001", "13160")
_DISTINCT = frozenset(("59", "XS", "XE", "XP", "XU"))


class _Choice(NamedTuple):
    """A procedure with the parts of the note that it rests on."""

    procedure: ProposedProcedure
    parts: tuple[Part, ...]

    @property
    def first(self) -> Proposal:
        """The proposal that is checked."""
        return self.procedure.proposals[0]

    def with_modifier(self, modifier: str, reason: str) -> _Choice:
        """The same with one more modifier on its first proposal."""
        added = (*self.first.modifiers, ProposedModifier(modifier, reason))
        first = self.first._replace(modifiers=added)
        proposals = (first, *self.procedure.proposals[1:])
        return self._replace(procedure=self.procedure._replace(proposals=proposals))

    def included(self, code: str, because: str) -> _Choice:
        """The same as part of another procedure."""
        return self._replace(procedure=self.procedure._replace(included_in=code, because=because))


def read_note(store: Store, tellings: Tellings, text: str) -> Note:
    """What a text says, read with the store's words and the rules for what is told outright."""
    return Reader(note_words(store.note_words()), tellings).read(text)


def suggest(context: Context, note: Note, place: str, setting: str, limit: int) -> Suggestions:
    """What a note's words propose for the context's date of service; up to `limit` codes a procedure, 0 for all.

    NotFoundError where the text names no procedure and no diagnosis.
    """
    if not context.has_all_codes():
        context.warn(f"Only the catalog's {context.store.code_count()} codes can be proposed. {LOAD}")
    vocabulary = vocabulary_of(context.store)
    asker, drugs = (Asker(context, vocabulary, kinds) for kinds in (_KINDS[setting], _DRUGS))
    proposed, unmatched = Proposer(asker, drugs, note_words(context.store.note_words())).propose(note)
    defender = Defender(context, note)
    titles = context.titles([found.code for each in proposed for found in each.found])
    choices = [_choice(each, defender, titles, limit) for each in proposed]
    wounds = [each for each in proposed if _WOUNDS[0] <= each.code <= _WOUNDS[1]]
    if len(wounds) > 1:
        context.warn("Lengths of wounds that are repaired alike in one group of places are added up for one code.")
    choices = _merged(_named(context, note, choices))
    choices, checked, sources = _judged(context, choices, place, setting)
    for source in sources:
        context.rests_on(source)
    passed = [PassedOver(each.statement.text, each.statement.line, each.status, each.cue) for each in note.passed]
    passed += [PassedOver(p.mention.statement.text, p.line, "unmatched", ", ".join(p.telling)) for p in unmatched]
    passed += uncertain_diagnoses(note)
    diagnoses = noted_diagnoses(context, note)
    if not choices and not diagnoses and not passed:
        raise NotFoundError(
            "the text names no procedure and no diagnosis that cptref knows",
            "It reads notes in English: `cptref suggest 'excision of 1.2 cm nevus, left forearm'`.",
        )
    return Suggestions(
        tuple(each.procedure for each in choices),
        tuple(diagnoses),
        tuple(sorted(passed, key=lambda each: each.line)),
        checked,
        note.day[0] if note.day else None,
    )


def _choice(proposed: Proposed, defender: Defender, titles: dict[str, str], limit: int) -> _Choice:
    """A procedure as it is shown."""
    proposals = []
    # Words of a listed procedure that nothing has are words that no code says.
    listed = [part for part in proposed.parts if part.mention.statement.section == "procedure"]
    strange = tuple(word for part in listed for word in part.words if word not in proposed.question.words_asked)
    for number, found in enumerate(() if proposed.vague else proposed.found[: limit or None]):
        said, unsaid = proposed.question.words(found.code)
        unsaid += strange
        if proposed.told and not number:
            told = {word.lower() for word in proposed.told}
            said = (*proposed.told, *(word for word in said if word not in told))
            unsaid = (f"which of {proposed.undecided}",) if proposed.undecided else ()
        modifiers = defender.modifiers(found.code, proposed.parts)
        title, score = titles.get(found.code, ""), round(found.score, 3)
        proposals.append(Proposal(found.code, title, score, said, unsaid, modifiers))
    lines = tuple(dict.fromkeys(part.mention.statement.line for part in proposed.parts))
    text = " ... ".join(part.text for part in proposed.parts)
    return _Choice(ProposedProcedure(text, lines, tuple(proposals)), proposed.parts)


def _named(context: Context, note: Note, choices: list[_Choice]) -> list[_Choice]:
    """The procedures, with the codes first that the note itself gives them."""
    for text, statement in note.codes:
        code, modifiers = parse_code(text)
        title = context.titles([code]).get(code)
        if title is None:
            context.warn(f"Line {statement.line} names {code}, which no loaded release has.")
            continue
        own = tuple(ProposedModifier(each, "the note names it") for each in modifiers)
        proposal = Proposal(code, title, 1.0, (text,), (), own)
        same = [n for n, each in enumerate(choices) if any(p.mention.statement is statement for p in each.parts)]
        free = [n for n in same if not any(w.words == (w.code,) for w in choices[n].procedure.proposals[:1])]
        if free:
            procedure = choices[free[0]].procedure
            others = tuple(each for each in procedure.proposals if each.code != code)
            choices[free[0]] = choices[free[0]]._replace(procedure=procedure._replace(proposals=(proposal, *others)))
        else:
            choices.append(_Choice(ProposedProcedure(statement.text, (statement.line,), (proposal,)), ()))
    return choices


def _merged(choices: Sequence[_Choice]) -> list[_Choice]:
    """The choices, of which those with the same code and modifiers are one: told in the heading and in the text."""
    found: dict[object, _Choice] = {}
    for choice in choices:
        procedure = choice.procedure
        key: object = procedure.text
        if procedure.proposals:
            first = choice.first
            key = (first.code, tuple(each.modifier for each in first.modifiers))
        if key in found:
            before = found[key]
            lines = tuple(sorted({*before.procedure.lines, *procedure.lines}))
            found[key] = before._replace(procedure=before.procedure._replace(lines=lines))
        else:
            found[key] = choice
    return list(found.values())


def _judged(
    context: Context, choices: list[_Choice], place: str, setting: str
) -> tuple[list[_Choice], CheckedClaim | None, list[Source]]:
    """The choices after a check of their first codes, and the check of what remains.

    What an edit includes in another is marked as such, unless the note tells of distinct sites.
    """
    # A side on both lines would bypass an edit without telling of distinct sites: so sides are left off at first.
    bare, sources = _check(context, choices, place, setting, only=_DISTINCT)
    judged = list(choices)
    for finding in bare.findings if bare else ():
        if finding.rule != "ptp" or finding.outcome != "fail" or not finding.denied:
            continue
        two = int(finding.denied[0]) - 1
        one = next(int(line) - 1 for line in finding.lines if line not in finding.denied)
        if judged[one].procedure.included_in:
            continue
        why = distinct(judged[one].parts, judged[two].parts) if finding.bypasses else ""
        given = [{each.modifier for each in judged[n].first.modifiers} for n in (one, two)]
        if not why:
            judged[two] = judged[two].included(judged[one].first.code, f"{finding.message} {finding.source}")
        elif _DISTINCT.isdisjoint(given[1]) and not (all(given) and given[0].isdisjoint(given[1])):
            judged[two] = judged[two].with_modifier("59", f"{why}; Medicare also takes XS")
    checked, sources = _check(context, judged, place, setting)
    return judged, checked, sources


def _check(
    context: Context, choices: Sequence[_Choice], place: str, setting: str, only: frozenset[str] | None = None
) -> tuple[CheckedClaim | None, list[Source]]:
    """The check of the first proposals, with all their modifiers or `only` some; lines are numbered as the choices."""
    lines = []
    for number, each in enumerate(choices, 1):
        if each.procedure.proposals and not each.procedure.included_in:
            modifiers = tuple(m.modifier for m in each.first.modifiers if only is None or m.modifier in only)
            lines.append(ClaimLine(str(number), each.first.code, modifiers, Decimal(1), context.as_of, place))
    if not lines:
        return None, []
    batch = Checks(context.store, list, None).batch([Claim("", setting, "", tuple(lines))])
    return batch.made[0], batch.sources
