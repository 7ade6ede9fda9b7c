"""Anesthesia: (base units + time units) x the locality's factor (IOM 100-04 ch. 12 §50 and §140).

A time unit is 15 minutes, to one decimal. AA (by the physician) and QZ (by the anesthetist alone) pay in full; QK and
QY (physician who directs) and QX (anesthetist who is directed) half each. AD, a physician who supervises more than four
procedures at once, pays three base units, and one time unit if the record shows the physician present at induction.
"""

from decimal import ROUND_HALF_UP, Decimal

from cptref.model.price import ServiceLine, Step
from cptref.model.price_terms import NO_DATA, NOT_PAID
from cptref.pricing.fee import cents
from cptref.pricing.status import Refusal
from cptref.pricing.steps import plain
from cptref.pricing.working import HALF

_MINUTES = Decimal(15)
_TENTH = Decimal("0.1")
_FULL = {"AA": "by the physician", "QZ": "by the anesthetist alone"}
_HALVES = {"QK": "directing 2 to 4 procedures", "QX": "directed anesthetist", "QY": "directing one anesthetist"}
_SUPERVISED_UNITS = 3
_SOURCE = "IOM 100-04 ch. 12 §50"


def price(line: ServiceLine) -> tuple[list[Step], list[str]] | Refusal:
    """The steps to the amount of an anesthesia line, unrounded, and its warnings; or why there is none."""
    time = line.anesthesia
    if time is None:
        return Refusal(NO_DATA, "anesthesia: base units, minutes and the locality's factor are needed")
    if time.minutes < 0 or time.base_units < 0:
        return Refusal(NOT_PAID, "anesthesia: units and minutes cannot be negative")
    told = {"AD", *_FULL, *_HALVES}.intersection(line.modifiers)
    if len(told) > 1:
        return Refusal(NOT_PAID, f"anesthesia: {', '.join(sorted(told))} exclude each other")
    modifier = told.pop() if told else ""
    factor = Decimal(time.factor.factor)
    if modifier == "AD":
        return _supervised(factor, time.at_induction)
    time_units = (time.minutes / _MINUTES).quantize(_TENTH, ROUND_HALF_UP)
    units = time.base_units + time_units
    amount = units * factor
    steps = [
        Step("base_units", f"{time.base_units} base units"),
        Step("time_units", f"{time.minutes} minutes / 15 = {time_units} ({_SOURCE})"),
        Step("anesthesia_factor", f"({time.base_units} + {time_units}) units x {factor} = {plain(amount)}", amount),
    ]
    if modifier in _HALVES:
        steps.append(Step("anesthesia_modifier", f"{modifier}: {_HALVES[modifier]}, 50 % ({_SOURCE})", amount * HALF))
    elif modifier:
        steps.append(Step("anesthesia_modifier", f"{modifier}: {_FULL[modifier]}, in full ({_SOURCE})", amount))
    else:
        return steps, ["anesthesia is billed with AA, QK, QX, QY, QZ or AD; priced in full, as with AA"]
    return steps, []


def _supervised(factor: Decimal, at_induction: bool) -> tuple[list[Step], list[str]]:
    time_units = int(at_induction)
    units = _SUPERVISED_UNITS + time_units
    steps = [
        Step("base_units", f"AD: {_SUPERVISED_UNITS} base units, whatever the code's ({_SOURCE})"),
        Step("time_units", f"AD: {time_units}, {'' if at_induction else 'not '}present at induction ({_SOURCE})"),
        Step("anesthesia_factor", f"{units} units x {factor} = {plain(units * factor)}", units * factor),
    ]
    if not at_induction:
        return steps, []
    without = cents(_SUPERVISED_UNITS * factor)
    return steps, [f"AD: the time unit is paid only if the record shows presence at induction; without it {without}"]
