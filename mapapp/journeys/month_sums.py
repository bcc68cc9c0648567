"""The ledger by county, chain and month of the first signing: what is played through time."""

from __future__ import annotations

from functools import cache

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.points import coded
from mapapp.store import FEN_PER_WAN, OTHER_CHAIN, MonthSum


def month_sums(bureau: Bureau) -> dict[str, object]:
    """The sums column by column, the words once.

    county, chain, first and last count in counties, chains and months; months are 2023-05, "" for
    a signing that is not dated; last is another month than first where the signing is dated to a
    quarter or a year. projects is how many, contracted 万元 to four decimals: what a map shows,
    nothing to add up for a paper.
    """
    sums = bureau.remember("month sums", bureau.store.month_sums)
    county, chain = (coded(column) for column in _keys(sums))
    months = coded(_word(month) for item in sums for month in (item.first, item.last))
    return {
        "counties": county.words,
        "chains": [word or OTHER_CHAIN for word in chain.words],
        "months": months.words,
        "county": county.index.tolist(),
        "chain": chain.index.tolist(),
        "first": months.index[0::2].tolist(),
        "last": months.index[1::2].tolist(),
        "projects": [item.projects for item in sums],
        "contracted": [round(item.fen / FEN_PER_WAN, 4) for item in sums],
    }


@cache
def _word(month: int | None) -> str:
    return "" if month is None else f"{month // 12}-{month % 12 + 1:02}"


def _keys(sums: list[MonthSum]) -> tuple[list[str | None], list[str | None]]:
    return [item.county for item in sums], [item.chain for item in sums]
