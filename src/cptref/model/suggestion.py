"""What `suggest` reads out of a note, and the codes that it proposes."""

from datetime import date
from typing import NamedTuple

from cptref.model.claim import CheckedClaim


class ProposedModifier(NamedTuple):
    """A modifier that the note's words defend, and which words do."""

    modifier: str
    reason: str


class Proposal(NamedTuple):
    """A code proposed for a procedure: the words of the note that it rests on, and those that no name of it says.

    `unsaid` may instead tell the range of codes of which the words leave it open: `which of 12031-12037`.
    """

    code: str
    title: str
    score: float
    words: tuple[str, ...]
    unsaid: tuple[str, ...]
    modifiers: tuple[ProposedModifier, ...]


class ProposedProcedure(NamedTuple):
    """A procedure that the note tells of, as it is written, with the lines it is in and its proposals, best first.

    `included_in` is the code of another proposal of the note that includes it, by the edit that `because` names: it is
    not billed beside that one. Empty otherwise.
    """

    text: str
    lines: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    included_in: str = ""
    because: str = ""


class NotedDiagnosis(NamedTuple):
    """A diagnosis that the note names by its code or in words.

    `code` is as people write it, with its dot. `status` is valid (to be billed), heading (it needs more characters),
    unknown (the release has no such code), unchecked (no release of ICD-10-CM is loaded), or proposed for words.
    """

    code: str
    description: str
    status: str
    text: str
    line: int


class PassedOver(NamedTuple):
    """What the note says was not done, or not now, and the words that tell so, or why else.

    `status` is negated, history, family, plan, others, conditional, uncertain or indication; or unmatched, for what
    was done but is said by no code together with a listed procedure: `because` has the words.
    """

    text: str
    line: int
    status: str
    because: str


class Suggestions(NamedTuple):
    """`suggest`: procedures with proposals, diagnoses, what was passed over, and the check of the first proposals.

    `day` is the date of service that the note gives, if it does.
    """

    procedures: tuple[ProposedProcedure, ...]
    diagnoses: tuple[NotedDiagnosis, ...]
    passed_over: tuple[PassedOver, ...]
    check: CheckedClaim | None
    day: date | None
