"""A day in an address or a form."""

from datetime import date

from flask import request

from mapapp.journeys.selection import UnknownChoice
from mapapp.ledger.dates import read_day


def asked_day(name: str, default: date) -> date:
    """The day that the request names so, the default where it names none.

    Raises:
        UnknownChoice: what it says is no day.
    """
    text = request.values.get(name, "").strip()
    if not text:
        return default
    found = read_day(text)
    if found is None:
        raise UnknownChoice(f"“{text}”不是 2023-06-30 这样的日期")
    return found
