"""Choose among the gaps: by status, remedy and text, with how many there are of each."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from chains import Remedy, Status
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import GAPS, Gap, find_gaps
from mapapp.journeys.selection import OTHER_CHAIN, Selection


@dataclass(frozen=True, slots=True)
class GapList:
    """The gaps chosen, most critical first, and all links of the selection by status."""

    rows: tuple[Gap, ...]
    counts: Mapping[Status, int]


def list_gaps(
    bureau: Bureau,
    selection: Selection,
    *,
    statuses: Collection[Status] = GAPS,
    remedies: Collection[Remedy] = (),
    text: str = "",
) -> GapList:
    """The links of the selected county, chain and link that are so.

    A zone and 未分县区 are no place that demand can be told for: they are answered city-wide.
    Without remedies, any will do. text is looked for in link, chain and local sources.
    """
    if selection.chain == OTHER_CHAIN:
        return GapList((), {})
    found = find_gaps(bureau, selection.county, selection.chain)
    if selection.link:
        found = [gap for gap in found if gap.here.link == selection.link]
    rows = [
        gap
        for gap in found
        if gap.here.status in statuses
        and (not remedies or gap.here.remedy in remedies)
        and text.lower() in _searched(gap)
    ]
    return GapList(tuple(rows), Counter(gap.here.status for gap in found))


def _searched(gap: Gap) -> str:
    sources = [source.name for source in gap.city.supply.sources]
    return "\n".join((gap.here.link, gap.here.tier, gap.chain_name, *sources)).lower()
