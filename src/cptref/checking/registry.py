"""The rules in the order in which they run: what is denied early is no primary and no payable service later."""

from collections.abc import Callable
from typing import NamedTuple

from cptref.checking import (
    add_ons,
    bilateral,
    components,
    global_periods,
    guidelines,
    injections,
    modifiers,
    mue,
    places,
    ptp,
    status,
    surgeons,
    units,
)
from cptref.checking.case import Case

EVERYWHERE = frozenset({"practitioner", "hospital", "dme"})
NCCI = frozenset({"practitioner", "hospital"})
PRACTITIONER = frozenset({"practitioner"})
HOSPITAL = frozenset({"hospital"})
DME = frozenset({"dme"})


class Rule(NamedTuple):
    """A rule: its name, the settings it is for, the kinds of release it rests on code by code, and what runs it.

    `for_modifiers` tells that it looks at lines with modifiers only, so that it lacks nothing for others. PTP edits
    concern pairs: that rule tells itself what it lacks.
    """

    name: str
    settings: frozenset[str]
    rests_on: frozenset[str]
    run: Callable[[Case], None]
    for_modifiers: bool = False


RULES = (
    Rule("units", EVERYWHERE, frozenset(), units.run),
    Rule("status", PRACTITIONER, frozenset({"pfs", "hcpcs"}), status.run),
    Rule("status", HOSPITAL, frozenset({"opps"}), status.run),
    Rule("status", DME, frozenset({"pfs", "hcpcs"}), status.run),
    Rule("modifier", EVERYWHERE, frozenset({"pfs"}), modifiers.run, for_modifiers=True),
    Rule("bilateral", NCCI, frozenset({"pfs"}), bilateral.run, for_modifiers=True),
    Rule("surgeons", PRACTITIONER, frozenset({"pfs"}), surgeons.run, for_modifiers=True),
    Rule("component", PRACTITIONER, frozenset({"pfs"}), components.run),
    Rule("place", PRACTITIONER, frozenset({"pfs"}), places.run),
    Rule("ptp", NCCI, frozenset(), ptp.run),
    Rule("mue", EVERYWHERE, frozenset({"mue"}), mue.run),
    Rule("global", PRACTITIONER, frozenset({"pfs"}), global_periods.run),
    Rule("guideline", NCCI, frozenset(), guidelines.run),
    Rule("injection", PRACTITIONER, frozenset({"pfs"}), injections.run),
    Rule("add_on", NCCI, frozenset({"add_on"}), add_ons.run),
)
