"""`explain`: what an indicator means."""

from __future__ import annotations

from cptref.answers.context import Context
from cptref.errors import NotFoundError
from cptref.model.indicator import Explanation, IndicatorField
from cptref.model.syntax import shown


def explain(context: Context, field: str, value: str | None) -> Explanation:
    """An indicator with one value or all; `field` as in JSON, with hyphens or underscores (`mult-proc`)."""
    fields = context.store.indicator_fields()
    name = _field(fields, field)
    if name is None:
        raise NotFoundError(f"no indicator '{shown(field)}'", f"Indicators: {', '.join(_typed(f) for f in fields)}.")
    values = context.store.indicator_values(name)
    if value is not None:
        wanted = value.strip().upper()
        asked = [known for known in values if known.value.lstrip("0") == wanted.lstrip("0")]
        if not asked:
            known = ", ".join(v.value for v in values) or "none that are listed"
            raise NotFoundError(f"'{_typed(name)}' has no value '{shown(value)}'", f"Its values: {known}.")
        values = asked
    return Explanation(*fields[name], tuple(values))


def _typed(field: str) -> str:
    return field.replace("_", "-")


def _field(fields: dict[str, IndicatorField], text: str) -> str | None:
    """The field that a text names: its name, CMS's name for it, or the beginning of one of them if that is clear."""
    wanted = text.strip().lower().replace("-", "_").replace(" ", "_").replace("/", "")
    names = {field: (field, entry.name.lower().replace(" ", "_").replace("/", "")) for field, entry in fields.items()}
    exact = [field for field, spellings in names.items() if wanted in spellings]
    begun = [field for field, spellings in names.items() if any(s.startswith(wanted) for s in spellings)]
    return exact[0] if exact else begun[0] if len(begun) == 1 and wanted else None
