"""What CMS's indicators mean."""

from typing import NamedTuple


class IndicatorField(NamedTuple):
    """An indicator: `field` is its name in JSON, `name` what CMS calls it."""

    field: str
    name: str
    about: str
    source: str


class IndicatorValue(NamedTuple):
    """One value of an indicator, what it means and what follows for billing."""

    field: str
    value: str
    meaning: str
    consequence: str


class Explanation(NamedTuple):
    """`explain`: an indicator with the values that were asked for; `texts` has CMS's own words on them, if imported."""

    field: str
    name: str
    about: str
    source: str
    values: tuple[IndicatorValue, ...]
    texts: dict[str, str]


class PlaceOfService(NamedTuple):
    """A place-of-service code; `setting` decides the practice expense: facility, nonfacility, or not_applicable."""

    code: str
    name: str
    setting: str
