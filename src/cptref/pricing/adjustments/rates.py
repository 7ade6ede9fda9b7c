"""Rates that hold from a day on."""

from datetime import date
from decimal import Decimal

# The newest first.
Since = tuple[tuple[date, Decimal], ...]


def rate_on(rates: Since, on: date) -> Decimal | None:
    """The rate in force on a date of service; None before there was one."""
    return next((rate for since, rate in rates if since <= on), None)
