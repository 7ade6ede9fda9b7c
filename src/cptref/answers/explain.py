"""`explain`: what an indicator means."""

from __future__ import annotations

from cptref.answers.context import Context
from cptref.errors import NotFoundError
from cptref.model.indicator import Explanation, IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.syntax import shown


def explain(context: Context, field: str, value: str | None) -> Explanation:
    """An indicator with one value or all; `field` as in JSON, with hyphens or underscores (`mult-proc`)."""
    fields = context.store.indicator_fields()
    name = _field(fields, field)
    if name is None:
        raise NotFoundError(f"no indicator '{shown(field)}'", f"Indicators: {', '.join(_typed(f) for f in fields)}.")
    texts = context.indicator_texts(name)
    if name == "place_of_service":
        values = [_place(place) for place in context.places()]
    else:
        values = context.store.indicator_values(name)
        described = {each.value for each in values}
        values += [IndicatorValue(name, v, text, "") for v, text in texts.items() if v not in described]
    if value is not None and not values:
        raise NotFoundError(
            f"the values of '{_typed(name)}' are not listed", f"`cptref explain {_typed(name)}` says what it is."
        )
    if value is not None:
        wanted = value.strip().upper()
        asked = [known for known in values if known.value.lstrip("0") == wanted.lstrip("0")]
        if not asked:
            known = ", ".join(v.value for v in values) or "none that are listed"
            raise NotFoundError(f"'{_typed(name)}' has no value '{shown(value)}'", f"Its values: {known}.")
        values = asked
    return Explanation(*fields[name], tuple(values), {v.value: texts[v.value] for v in values if v.value in texts})


def _place(place: PlaceOfService) -> IndicatorValue:
    paid = {
        "facility": "Practice expense is paid at the facility rate.",
        "nonfacility": "Practice expense is paid at the non-facility rate.",
        "not_applicable": "Not used to pay Medicare claims.",
    }
    return IndicatorValue("place_of_service", place.code, place.name, paid[place.setting])


def _typed(field: str) -> str:
    return field.replace("_", "-")


def _field(fields: dict[str, IndicatorField], text: str) -> str | None:
    """The field that a text names: its name, CMS's name for it, or the beginning of one of them if that is clear."""
    wanted = _plain(text)
    names = {field: (_plain(field), _plain(entry.name)) for field, entry in fields.items()}
    exact = [field for field, spellings in names.items() if wanted in spellings]
    begun = [field for field, spellings in names.items() if any(s.startswith(wanted) for s in spellings)]
    return exact[0] if exact else begun[0] if len(begun) == 1 and wanted else None


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
