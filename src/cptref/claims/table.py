"""Claims as csv, or separated by tabs or semicolons: a line of a claim in each row, its columns found by the header.

Columns: `claim`, `line`, `code`, `modifiers` (or `mod1` to `mod4`), `units`, `date`, `place_of_service`, `charge`,
`provider`, `beneficiary`, `diagnoses`, `setting`, `bill_type`; other columns are kept in the lines' `extra`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from cptref.claims import values
from cptref.claims.lines import Defaults, Lines
from cptref.claims.rows import Row, claims_of
from cptref.claims.values import Memo
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError

COLUMNS = ("claim", "line", "code", "modifiers", "mod1", "mod2", "mod3", "mod4", "units", "date", "place_of_service",
           "charge", "provider", "beneficiary", "diagnoses", "setting", "bill_type")  # fmt: skip
# Else a column `modifier` would be kept as an unknown one, and the line judged without its modifiers.
_ALSO = {
    "claim_id": "claim", "claim_number": "claim", "line_number": "line", "line_no": "line",
    "cpt": "code", "hcpcs": "code", "hcpcs_code": "code", "cpt_code": "code", "procedure": "code",
    "procedure_code": "code", "modifier": "modifiers", "mod": "modifiers", "mods": "modifiers",
    **{f"{name}{n}": f"mod{n}" for n in range(1, 5) for name in ("modifier", "modifier_", "mod_")},
    "unit": "units", "quantity": "units", "qty": "units", "dos": "date", "date_of_service": "date",
    "service_date": "date", "pos": "place_of_service", "charges": "charge", "charge_amount": "charge",
    "npi": "provider", "rendering_provider": "provider", "provider_npi": "provider", "patient": "beneficiary",
    "patient_id": "beneficiary", "beneficiary_id": "beneficiary", "member_id": "beneficiary", "mbi": "beneficiary",
    "diagnosis": "diagnoses", "dx": "diagnoses", "diagnosis_codes": "diagnoses", "type_of_bill": "bill_type",
}  # fmt: skip
_PROCEDURE = ("code", "modifiers", "mod1", "mod2", "mod3", "mod4")
_PLAIN = tuple(name for name in COLUMNS if name not in _PROCEDURE)
_HINT = f"The columns are {', '.join(COLUMNS)}; code and date there must be."


def field(name: str) -> str:
    """The field that a name, as a file writes it, stands for; of an unknown one the name itself, in lower case."""
    plain = re.sub(r"[\s_-]+", "_", name.strip().lower())
    return _ALSO.get(plain, plain)


def delimiter(head: str) -> str:
    """What separates the cells: of tab, comma, semicolon and bar that which the first line has most often."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return max("\t,;|", key=first.count)


def read(text: Iterable[str], separator: str, defaults: Defaults) -> Iterator[Claim | ClaimError]:
    """The claims of a table. SourceError where the header is not one of claims.

    Without a column of claims, rows of the same beneficiary, date and provider are a claim; without beneficiaries
    either, the whole file is one.
    """
    return claims_of(_rows(text, separator, defaults))


def _rows(text: Iterable[str], separator: str, defaults: Defaults) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    given = _header(reader, defaults)
    names = [field(name) for name in given]
    width, known = len(names), {name: column for column, name in enumerate(names) if name in COLUMNS}
    # The empty cell that is put behind each row stands for every column that the file does not have.
    pick = itemgetter(*(known.get(name, width) for name in _PLAIN))
    pick_procedure = itemgetter(*(known[name] for name in _PROCEDURE if name in known), width)
    others = [(given[column], column) for column, name in enumerate(names) if name not in known]
    by_claim, by_beneficiary = "claim" in known, "beneficiary" in known
    line, settings = Lines(defaults).line, Memo(values.setting)
    settings[""] = defaults.setting
    last: object = None
    last_claim = ""
    number = made = 0
    doubtful = False
    for position, cells, reason in _cells(reader, width):
        claim, own, units, day, place, charge, provider, beneficiary, diagnoses, setting, bill = pick(cells)
        claim, provider, beneficiary = claim.strip(), provider.strip(), beneficiary.strip()
        if reason and not claim:
            # It may be a line of the claim before it or of that behind: neither can be judged.
            yield Row(last, last_claim, "", "", "", position, reason)
            doubtful = True
            continue
        key: object = claim if by_claim else (beneficiary, day, provider) if by_beneficiary else "1"
        if key != last:
            last, number, made = key, 0, made + 1
            last_claim = claim if by_claim else str(made)
            if doubtful:
                yield Row(
                    key, last_claim, "", "", "", position, "the row before cannot be read, and may be of this claim"
                )
        doubtful = False
        number += 1
        extra = tuple([(name, cells[column]) for name, column in others]) if others else ()
        try:
            if not last_claim or reason:
                raise ValueError(reason or "claim: empty")
            setting = settings[setting]
            own = own.strip() or str(number)
            got = line(position, own, pick_procedure(cells), units, day, place, charge, provider, diagnoses, extra)
        except ValueError as error:
            yield Row(key, last_claim, "", "", "", position, str(error))
            continue
        yield Row(key, last_claim, setting, bill.strip(), beneficiary, position, got)


def _header(reader: Any, defaults: Defaults) -> list[str]:
    """The names of the columns, as written. SourceError where they are not those of claims."""
    try:
        given: list[str] = next((cells for cells in reader if any(map(str.strip, cells))), [])
    except csv.Error as error:
        raise SourceError(f"line {reader.line_num}: {error}", _HINT) from error
    names = [field(name) for name in given]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise SourceError(f"two columns are the {name} of a line", _HINT)
    missing = [name for name in ("code", "date") if name not in names and (name == "code" or not defaults.day)]
    if missing:
        raise SourceError(f"no table of claims: the first line names no column {' and '.join(missing)}", _HINT)
    return [name.strip() for name in given]


def _cells(reader: Any, width: int) -> Iterator[tuple[int, list[str], str]]:
    """Each row's line, its cells with an empty one behind, and why it cannot be read, if so."""
    while True:
        try:
            for cells in reader:
                if len(cells) == width:
                    if any(cells):
                        cells.append("")
                        yield reader.line_num, cells, ""
                elif any(cells[width:]):
                    cells[width:] = [""]
                    yield reader.line_num, cells, f"more cells than the {width} columns of the header"
                elif any(cells):
                    # Cells that are missing at the end are empty: some programs do not write them.
                    yield reader.line_num, [*cells[:width], *[""] * (width + 1 - len(cells))], ""
        except csv.Error as error:
            yield reader.line_num, [""] * (width + 1), f"not csv: {error}"
        else:
            return
