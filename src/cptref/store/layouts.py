"""What tells the rows of a release apart, and which of their fields are compared."""

from typing import NamedTuple

from cptref.store.tables import ROWS


class Layout(NamedTuple):
    """`codes` are the fields that name codes, of which the first is the row's own; `key` what else tells rows apart.

    `brief` is what is told of a row that came or went. `ends` is the date that ends a row, if it has one, and `starts`
    the one it is in force from: a row that ended on its first day never was.
    `beside` are fields of the descriptors that the release has for its codes.
    """

    codes: tuple[str, ...]
    key: tuple[str, ...]
    brief: tuple[str, ...]
    ends: str = ""
    starts: str = ""
    beside: tuple[str, ...] = ()


# The descriptors of the fee schedule are the AMA's and stay in the store; those of HCPCS are CMS's own.
LAYOUTS = {
    "pfs": Layout(("code",), ("modifier",), ("status", "global_days", "work", "nonfacility_total", "facility_total")),
    "gpci": Layout((), ("mac", "locality"), ("state", "name", "work", "pe", "mp")),
    "locality": Layout((), ("mac", "locality"), ("state", "area", "counties")),
    "anesthesia": Layout((), ("mac", "locality"), ("name", "factor")),
    "opps_cap": Layout(("code",), ("modifier", "mac", "locality"), ("status", "facility", "nonfacility")),
    "zip": Layout((), ("zip", "plus_four"), ("state", "mac", "locality", "rural")),
    "mue": Layout(("code",), (), ("value", "mai", "rationale")),
    "add_on": Layout(
        ("add_on", "primary"), ("primary",), ("type", "effective", "deleted", "note"), "deleted", "effective"
    ),
    "ptp": Layout(
        ("column_one", "column_two"),
        ("column_two",),
        ("modifier_indicator", "effective", "deleted", "rationale"),
        "deleted",
        "effective",
    ),
    "opps": Layout(("code",), (), ("status", "apc", "apc_title")),
    "asc": Layout(("code",), ("addendum",), ("indicator", "weight", "rate")),
    "rbcs": Layout(("code",), (), ("rbcs", "added", "ended"), "ended"),
    "hcpcs": Layout(
        ("code",), (), ("short", "coverage", "pricing", "added", "ended"), "ended", beside=("short", "long")
    ),
    "icd": Layout(("code",), (), ("description", "billable")),
    "place": Layout(("code",), (), ("name", "setting")),
    "descriptors": Layout(("code",), (), ("short", "medium", "long")),
}


def identity(kind: str) -> tuple[str, ...]:
    """The fields that tell a kind's rows apart, the code first."""
    layout = LAYOUTS[kind]
    return layout.codes[:1] + layout.key


def compared(kind: str) -> tuple[str, ...]:
    """The fields of a kind that are compared; the setting of edits is that of the whole release."""
    apart = {*identity(kind), "setting"} if kind in ("mue", "ptp") else {*identity(kind)}
    return (*(field for field in ROWS[kind]._fields if field not in apart), *LAYOUTS[kind].beside)
