"""Multiple procedures, indicators 1, 2 and 3: ranked by fee, further ones at a share.

Endoscopies of one base code are put together first, by `endoscopy`, and rank as one. Modifier 51 decides nothing, nor
do 59 and X{EPSU}. Return trips to the operating room for complications (78) are not ranked.

Sources: RVU document, Multiple Procedure 1, 2 and 3; IOM 100-04 ch. 12 §40.6; for 78 the same chapter, §40.2.
"""

from collections.abc import Iterable
from decimal import Decimal

from cptref.model.price import Rows
from cptref.model.price_terms import BY_REPORT
from cptref.pricing.adjustments import endoscopy
from cptref.pricing.status import Refusal
from cptref.pricing.steps import plain
from cptref.pricing.working import HALF, WHOLE, Item, Procedure, RankKey, note, percent, rank_key

_QUARTER = Decimal("0.25")
# The share at each rank; what is beyond is priced by report. RVU26B prints 26 % for indicator 1 and leaves off the last
# two; the documents before it have 25 %.
_SHARES = {
    "1": (WHOLE, HALF, _QUARTER, _QUARTER, _QUARTER),
    "2": (WHOLE, HALF, HALF, HALF, HALF),
}
_SOURCE = "RVU document, Multiple Procedure; IOM 100-04 ch. 12 §40.6"


def apply(procedures: Iterable[Procedure], rows: Rows) -> None:
    """Put endoscopies together, rank, and reduce."""
    subject = [p for p in procedures if p.fee.row.mult_proc in ("1", "2", "3") and not _is_return(p)]
    groups = endoscopy.families(subject, rows)
    if len(groups) < 2:
        return
    ranked = sorted(groups, key=_group_key)
    done: list[tuple[Item, str]] = []
    for rank, group in enumerate(ranked):
        shares = _SHARES.get(group[0].fee.row.mult_proc, _SHARES["2"])
        share = shares[rank] if rank < len(shares) else None
        for procedure in group:
            if share is None:
                procedure.refuse(
                    Refusal(BY_REPORT, f"procedure {rank + 1} of the day: by report (IOM 100-04 ch. 12 §40.6)")
                )
                continue
            for portion in procedure.portions:
                done.append(
                    (
                        portion.item,
                        f"rank {rank + 1} of {len(ranked)} by fee: {percent(share)} of {plain(portion.amount)}",
                    )
                )
                portion.amount *= share
    note("multiple", _SOURCE, done)


def _is_return(procedure: Procedure) -> bool:
    return "78" in procedure.portions[0].item.line.modifiers


def _group_key(group: list[Procedure]) -> RankKey:
    total = sum((procedure.amount for procedure in group), Decimal(0))
    return min(rank_key(total, procedure) for procedure in group)
