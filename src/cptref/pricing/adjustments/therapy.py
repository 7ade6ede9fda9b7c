"""Therapy, multiple procedure 5: of all units of a day, one has its practice expense in full, all others half of it.

Sources: RVU document, Multiple Procedure 5; IOM 100-04 ch. 5 §10.7 (by unit, whatever the discipline).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cptref.pricing.adjustments.rates import Since, rate_on
from cptref.pricing.steps import plain
from cptref.pricing.working import HALF, Item, Procedure, note, percent, rank_key

_SHARE: Since = ((date(2013, 4, 1), HALF), (date(2011, 1, 1), Decimal("0.80")))


def apply(procedures: Iterable[Procedure], on: date) -> None:
    """Halve the practice expense of every unit but the one with the highest."""
    share = rate_on(_SHARE, on)
    ranked = sorted(
        (p for p in procedures if p.fee.row.mult_proc == "5"), key=lambda p: rank_key(p.fee.pe * p.fee.factor, p)
    )
    if share is None or not ranked or (len(ranked) == 1 and ranked[0].weight <= 1):
        return
    done: list[tuple[Item, str]] = []
    for rank, procedure in enumerate(ranked):
        fee = procedure.fee
        pe = fee.pe * fee.factor
        for portion in procedure.portions:
            reduced = portion.weight - (1 if rank == 0 and portion is procedure.portions[0] else 0)
            portion.amount -= pe * (1 - share) * reduced
            full = portion.weight - reduced
            words = [f"{plain(full)} unit with PE {plain(pe)} in full, the highest"] if full else []
            if reduced:
                words.append(f"{plain(reduced)} x PE {plain(pe)} at {percent(share)}")
            done.append((portion.item, ", ".join(words)))
    note("therapy", "multiple procedure 5; IOM 100-04 ch. 5 §10.7", done)
