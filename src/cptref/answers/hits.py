"""What matched in a code that a search has found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cptref.answers.context import Context
from cptref.answers.finding import Finder, Found
from cptref.answers.ranking import Match, Ranker
from cptref.answers.vocabulary import Concept
from cptref.model.listing import Hit
from cptref.model.words import BOTH, stem

_PROSE = ("family", "description", "details")
_MOST_STOOD = 3


def hits(
    context: Context, finder: Finder, ranker: Ranker, concepts: Sequence[Concept], found: Sequence[Found]
) -> list[Hit]:
    """Codes as hits, with the fields that have words of the question, and what stood there for which of them."""
    codes = [each.code for each in found]
    titles = context.titles(codes)
    described = context.store.names(codes)
    descriptors = finder.descriptors(codes)
    about = finder.about(concepts)
    prose = {field: finder.having(field) for field in _PROSE}
    made = []
    for code, score, _ in found:
        fields = {"title": [described[code][0]], "synonyms": described[code][1]} if code in described else {}
        fields["descriptor"] = descriptors.get(code, [])
        matches = {field: [ranker.match(name) for name in names] for field, names in fields.items()}
        matched = [field for field, each in matches.items() if any(any(match.met) for match in each)]
        # Where the catalog has a title, the descriptor is not shown, so its words explain nothing.
        shown = matches["title" if code in described else "descriptor"]
        stood = list(_stood(concepts, shown))[:_MOST_STOOD]
        matched += [field for field in _PROSE if code in prose[field]]
        if not matched and any(about(code)):
            matched.append("vocabulary")
        made.append(Hit(code, titles.get(code, ""), round(score, 3), (*matched, *stood)))
    return made


def _stood(concepts: Sequence[Concept], matches: Sequence[Match]) -> Iterator[str]:
    """`orif = optx fx`: other words that a name has for words of the question."""
    best = max(matches, key=lambda match: sum(match.met) - match.cost, default=None)
    for concept, by in zip(concepts, best.by if best else (), strict=False):
        if by and not concept.light and {stem(w) for w in by.split()}.isdisjoint(stem(w) for w in concept.text.split()):
            yield f"{concept.text} = {by}".replace(BOTH, "w/wo")
