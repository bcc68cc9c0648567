"""What a ledger's words mean in this city: its counties and zones, its chains and links."""

import re
from datetime import date
from functools import cached_property

import shapely

from chains import UnknownName
from geodata import AmbiguousDivision, UnknownDatum, UnknownDivision, parse_datum, to_wgs84
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.ledger.words import Place, UnknownPlace

_SHORTEST_FORM = 2


class CityVocabulary:
    """The bureau's words, as the row rules ask for them (ledger.words.Vocabulary)."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau
        self._places: dict[str, Place | str] = {}
        self._chains: dict[str, str | None] = {}
        self._links: dict[tuple[str, str | None], str | None] = {}
        shapely.prepare(bureau.boundaries.outline)

    @property
    def today(self) -> date:
        return self._today

    @cached_property
    def _today(self) -> date:
        return self._bureau.today

    @property
    def city_name(self) -> str:
        return self._bureau.city.name

    def place(self, text: str) -> Place:
        """The county or zone of this city that a cell names. Raises UnknownPlace."""
        text = _whole(re.sub(r"\s", "", text))
        if text not in self._places:
            try:
                self._places[text] = self._find_place(text)
            except (UnknownDivision, AmbiguousDivision) as error:
                self._places[text] = f"县市区“{text}”不认识。{error}"
        found = self._places[text]
        if isinstance(found, str):
            raise UnknownPlace(found)
        return found

    def chain(self, text: str) -> str | None:
        """The one chain that this is the name of, or whose name holds its characters in order.

        So 新能源汽车 is 新能源与智能网联汽车; a word that fits two chains or none is no chain's.
        """
        if text not in self._chains:
            self._chains[text] = self._find_chain(text)
        return self._chains[text]

    def link(self, text: str, chain: str | None) -> str | None:
        """The link of this name or alias, in the chain or, where it has none, in any."""
        key = (text, chain)
        if key not in self._links:
            self._links[key] = self._find_link(text, chain)
        return self._links[key]

    def to_wgs84(self, lon: float, lat: float, datum: str) -> tuple[float, float]:
        """Raises ValueError for a datum that nobody knows."""
        try:
            x, y = to_wgs84(lon, lat, parse_datum(datum))
        except UnknownDatum as error:
            raise ValueError(str(error)) from error
        return float(x), float(y)

    def contains(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the city."""
        return bool(shapely.intersects_xy(self._bureau.boundaries.outline, lon, lat))

    def _find_place(self, text: str) -> Place:
        city = self._bureau.city
        if text == UNASSIGNED:
            return Place(None, None, UNASSIGNED)
        if zone := city.zone(text):
            return Place(zone.host, zone.name, zone.name)
        if re.fullmatch(r"[0-9]{6}0{3,6}", text):
            text = text[:6]
        short = text.removeprefix(city.name) if text != city.name else text
        wanted = city.county_aliases.get(text) or city.county_aliases.get(short, text)
        if zone := city.zone(short):
            return Place(zone.host, zone.name, zone.name)
        county = self._bureau.gazetteer.divisions.find(wanted, within=city.code)
        if county.code == city.code and len(self._bureau.boundaries.county_codes) > 1:
            names = "、".join(self._bureau.boundaries.county_names)
            raise UnknownDivision(f"请写到县市区：{names}；确实未定的填“{UNASSIGNED}”。")
        return Place(county.code, None, county.name)

    def _find_chain(self, text: str) -> str | None:
        chains = self._bureau.catalogue.chains.values()
        exact = [chain.id for chain in chains if text in (chain.id, chain.name)]
        if exact:
            return exact[0]
        if len(text) < _SHORTEST_FORM:
            return None
        fitting = [chain.id for chain in chains if _holds(chain.name, text)]
        return fitting[0] if len(fitting) == 1 else None

    def _find_link(self, text: str, chain: str | None) -> str | None:
        for within in dict.fromkeys((chain, None)):
            try:
                return self._bureau.catalogue.link(text, within).name
            except UnknownName:
                continue
        return None


def _whole(text: str) -> str:
    """湖北省-十堰市-茅箭区 in one; two counties beside each other stay two."""
    parts = [part for part in re.split(r"[-/>·—]+", text) if part]
    above = all(part.endswith(("省", "市", "自治区")) for part in parts[:-1])
    return "".join(parts) if len(parts) in (2, 3) and above and parts[0].endswith("省") else text


def _holds(name: str, short: str) -> bool:
    """Whether the characters of `short` stand in `name` in their order."""
    characters = iter(name)
    return all(character in characters for character in short)
