"""Modifiers, and whether a code takes them."""

from typing import NamedTuple


class Modifier(NamedTuple):
    """A CPT or HCPCS modifier.

    `ncci_associated` tells whether it may bypass a PTP edit of indicator 1; `governed_by` names the indicator
    that decides it, if one does; `rule` the rule by which `modifiers CODE` answers.
    """

    modifier: str
    level: str
    title: str
    description: str
    ncci_associated: bool
    governed_by: str
    rule: str


class ModifierVerdict(NamedTuple):
    """Whether a code takes a modifier: `allowed` is yes, no or conditional."""

    modifier: str
    allowed: str
    reason: str


class CodeModifiers(NamedTuple):
    """`modifiers CODE`: the verdicts for one code; `typed` are the modifiers that were asked about with it."""

    code: str
    title: str
    modifiers: tuple[ModifierVerdict, ...]
    typed: tuple[str, ...]
