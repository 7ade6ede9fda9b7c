"""Lines to price: csv, tab-separated text or xlsx with a header, whose names are free of order and case.

`code` must be there; `modifier`, `locality`, `place_of_service`, `units`, `date` and `expected` may. Other columns are
kept.
"""

from collections.abc import Iterator

from cptref.errors import SourceError
from cptref.model.price_tables import PriceRequest
from cptref.sources.files import SourceFile

_COLUMNS = ("code", "modifier", "locality", "place_of_service", "units", "date", "expected")
_ALSO = {"modifiers": "modifier", "mod": "modifier", "pos": "place_of_service", "hcpcs": "code", "cpt": "code"}
_FIELDS = tuple(name for name in _COLUMNS if name != "modifier")
# What a cell of a spreadsheet begins with that is computed.
_FORMULA = ("=", "@")


def read(file: SourceFile) -> Iterator[PriceRequest]:
    """The lines, numbered as in the file. SourceError for a header without `code`, or with a name twice."""
    rows = file.rows()
    header: list[str] = []
    names: list[str] = []
    for _, cells in rows:
        if any(cells):
            header, names = cells, [_name(cell) for cell in cells]
            break
    known = [name for name in names if name in _COLUMNS]
    twice = {name for name in known if known.count(name) > 1}
    if "code" not in names or twice:
        what = f"two columns '{twice.pop()}'" if twice else "no column 'code'"
        raise SourceError(f"{file.name}: {what} in its header", f"Its columns may be {', '.join(_COLUMNS)}.")
    for number, cells in rows:
        if any(cells):
            read = dict(zip(names, cells, strict=False))
            given = dict(zip(header, cells, strict=False))
            fields = {name: read.get(name, "") for name in _FIELDS}
            fault = _fault(read, len(cells) - len(names))
            yield PriceRequest(number, **fields, modifiers=read.get("modifier", ""), given=given, fault=fault)


def _fault(read: dict[str, str], too_many: int) -> str:
    """Why a line cannot be taken as it is."""
    formula = next((name for name in _COLUMNS if read.get(name, "").startswith(_FORMULA)), None)
    if formula:
        return f"a formula in '{formula}', not its value"
    return f"{too_many} columns more than the header has" if too_many > 0 else ""


def _name(cell: str) -> str:
    plain = "_".join(cell.lower().replace("-", " ").split())
    return _ALSO.get(plain, plain)
