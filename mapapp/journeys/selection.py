"""The selection that every page shares: place, chain, link, stage, period; it lives in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from chains import UnknownName
from mapapp.cities import Zone
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.ledger.dates import Period
from mapapp.ledger.project import Stage
from mapapp.store import OTHER_CHAIN, STAGE_UNKNOWN, UNCONFIRMED, ProjectFilter

__all__ = [
    "OTHER_CHAIN",
    "STAGES",
    "STAGE_UNKNOWN",
    "UNCONFIRMED",
    "Selection",
    "UnknownChoice",
    "read_selection",
]

STAGES = (*(stage.value for stage in Stage), UNCONFIRMED, STAGE_UNKNOWN)


class UnknownChoice(Exception):
    """A stage or period in a URL or on the command line that does not exist."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is being looked at. county is a division code; unassigned stands for 未分县区."""

    county: str | None = None
    zone: Zone | None = None
    unassigned: bool = False
    chain: str | None = None
    link: str | None = None
    stage: str | None = None
    period: Period | None = None

    @property
    def place(self) -> str | None:
        """The place as the URL writes it."""
        if self.unassigned:
            return UNASSIGNED
        return self.zone.name if self.zone else self.county

    def query(self, **changes: str | None) -> dict[str, str]:
        """The URL's parameters, with some of them changed (None drops one)."""
        values = {
            "place": self.place,
            "chain": self.chain,
            "link": self.link,
            "stage": self.stage,
            "period": str(self.period) if self.period else None,
        } | changes
        return {name: value for name, value in values.items() if value}

    def without_place(self) -> "Selection":
        return replace(self, county=None, zone=None, unassigned=False)

    def filter(self, on: date) -> ProjectFilter:
        """The projects that the selection means; `on` is the day 待核实 is counted to."""
        return ProjectFilter(
            county=self.county,
            zone=self.zone.name if self.zone else None,
            unassigned=self.unassigned,
            chain=self.chain,
            link=self.link,
            stage=self.stage,
            period=self.period,
            on=on,
        )


def read_selection(bureau: Bureau, given: Mapping[str, str]) -> Selection:
    """The selection that a URL's or a command's words mean.

    Raises:
        UnknownDivision, UnknownName, UnknownChoice: naming the word and the nearest valid ones.
    """
    chain = _chain(bureau, given.get("chain"))
    return replace(
        _place(bureau, given.get("place")),
        chain=chain,
        link=_link(bureau, chain, given.get("link")),
        stage=_stage(given.get("stage")),
        period=_period(given.get("period")),
    )


def _place(bureau: Bureau, text: str | None) -> Selection:
    """A selection of the place alone; of nothing where it is the whole city."""
    if not text or text in (bureau.city.code, bureau.city.name):
        return Selection()
    if text == UNASSIGNED:
        return Selection(unassigned=True)
    if zone := bureau.city.zone(text):
        return Selection(zone=zone)
    text = bureau.city.county_aliases.get(text, text)
    county = bureau.gazetteer.divisions.find(text, within=bureau.city.code)
    return Selection(county=None if county.code == bureau.city.code else county.code)


def _chain(bureau: Bureau, text: str | None) -> str | None:
    if not text:
        return None
    return OTHER_CHAIN if text in (OTHER, OTHER_CHAIN) else bureau.catalogue.chain(text).id


def _link(bureau: Bureau, chain: str | None, text: str | None) -> str | None:
    if not text or chain == OTHER_CHAIN:
        return None
    return bureau.catalogue.link(text, chain).name


def _stage(text: str | None) -> str | None:
    if text and text not in STAGES:
        raise UnknownName("阶段", text, get_close_matches(text, STAGES) or STAGES)
    return text or None


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError as error:
        raise UnknownChoice(str(error)) from None
