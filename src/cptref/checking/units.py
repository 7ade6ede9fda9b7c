"""Units are whole numbers from 1.

Source: NCCI Policy Manual ch. I, A (each code has a defined unit of service); IOM 100-04 ch. 26 §10.4, item 24G, and
ch. 15 §20.2 for ambulance mileage, which alone is billed in tenths.
"""

from cptref.checking.case import Case

RULE = "units"
_SOURCE = "NCCI Policy Manual ch. I, A; IOM 100-04 ch. 26 §10.4 item 24G"
_MILEAGE = frozenset({"A0425", "A0435", "A0436"})


def run(case: Case) -> None:
    """Fail lines whose units are none, less than one, or a fraction."""
    for line in case.lines:
        units = line.units
        if type(units) is int and units > 0:
            continue
        if units <= 0:
            case.report(RULE, "fail", (line,), f"{line.code} is billed without a positive number of units.",
                        "Give the number of units that were done.", _SOURCE)  # fmt: skip
        elif line.code not in _MILEAGE:
            case.report(RULE, "fail", (line,), f"{line.code} is billed with {units} units, not a whole number.",
                        "Bill whole units, as the code defines its unit.", _SOURCE)  # fmt: skip
