"""Which tiles lie under the maps: none, 天地图, 高德, or a service of the intranet.

A setting is read here once, at start, and refused with the way out; what comes through holds no
character that an address in a page's policy or script could be broken with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

WGS84, GCJ02 = "WGS-84", "GCJ-02"
KINDS = "none（默认）、tianditu:密钥、amap、xyz:地址、wmts:地址"
_START = re.compile(
    r"(https?://(?:[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?|\[[0-9A-F:]+\])(?::[0-9]{1,5})?)(?=[/?]|$)",
    re.IGNORECASE,
)
"""Scheme, host and port."""
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,=%]*")
"""What an address may consist of, its placeholders taken out: no quote, no semicolon, no space."""
_PLACES = {"{z}": "z", "{x}": "x", "{y}": "y", "{-y}": "-y",
           "{TileMatrix}": "z", "{TileCol}": "x", "{TileRow}": "y"}  # fmt: skip


class TileError(ValueError):
    """The setting LIANTU_TILES or LIANTU_TILES_DATUM cannot be used; the message says how."""


@dataclass(frozen=True, slots=True)
class TileService:
    """Tiles in web mercator.

    layers are Leaflet's templates of addresses, from below; subdomains what `{s}` in them stands
    for. origins are the hosts that they come from, as a content security policy writes them.
    datum is WGS84 or GCJ02; tiles beyond max_zoom are enlarged.
    """

    name: str
    layers: tuple[str, ...]
    origins: tuple[str, ...]
    datum: str = WGS84
    subdomains: str = ""
    max_zoom: int = 18


def read_tiles(text: str, datum: str = "", name: str = "") -> TileService | None:
    """The service that LIANTU_TILES, LIANTU_TILES_DATUM and LIANTU_TILES_NAME mean; None for none.

    Raises:
        TileError: naming what is wrong and what would be right.
    """
    kind, _, rest = text.strip().partition(":")
    service: TileService | None
    match kind.lower():
        case "" | "none":
            service = None
        case "tianditu":
            service = _tianditu(rest.strip())
        case "amap":
            service = _amap(rest)
        case "xyz":
            service = _xyz(rest.strip(), name.strip())
        case "wmts":
            service = _wmts(rest.strip(), name.strip())
        case _:
            raise TileError(f"LIANTU_TILES 不认识“{text}”，可用的有：{KINDS}。")
    return _in_datum(service, datum.strip()) if service else None


def _tianditu(key: str) -> TileService:
    if not re.fullmatch(r"[0-9A-Za-z]{16,64}", key):
        raise TileError(
            "LIANTU_TILES=tianditu: 后面要写天地图的密钥（tk），只有字母和数字，"
            "例如 tianditu:0123456789abcdef0123456789abcdef。"
        )
    layers = [
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
        for layer in ("vec", "cva")
    ]
    hosts = tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8))
    return TileService("天地图", tuple(layers), hosts, subdomains="01234567")


def _amap(rest: str) -> TileService:
    if rest:
        raise TileError("LIANTU_TILES=amap 后面不用再写什么。")
    layer = (
        "https://webrd0{s}.is.autonavi.com/appmaptile"
        "?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}"
    )
    hosts = tuple(f"https://webrd0{n}.is.autonavi.com" for n in range(1, 5))
    return TileService("高德地图", (layer,), hosts, GCJ02, "1234")


def _xyz(address: str, name: str) -> TileService:
    layer = _template(address)
    for needed in ("{z}", "{x}"):
        if needed not in layer:
            raise TileError(
                f"LIANTU_TILES=xyz: 的地址里缺 {needed}，"
                "应像 http://主机/路径/{z}/{x}/{y}.png。"
            )
    if ("{y}" in layer) == ("{-y}" in layer):
        raise TileError("LIANTU_TILES=xyz: 的地址里要有 {y}，行号从南往北数的写 {-y}。")
    return TileService(name or "内网底图", (layer,), (_origin(address),))


def _wmts(address: str, name: str) -> TileService:
    """A template as it stands, or a service's address with its layer: then the rest is added."""
    layer = _template(address)
    if not all(place in layer for place in ("{z}", "{x}", "{y}")):
        if any(place in layer for place in ("{z}", "{x}", "{y}", "{-y}")):
            raise TileError(
                "LIANTU_TILES=wmts: 的地址里要么三个占位都写（{TileMatrix}、{TileRow}、{TileCol}，"
                "或 {z}、{y}、{x}），要么一个也不写。"
            )
        layer = _with_query(layer)
    return TileService(name or "内网底图", (layer,), (_origin(address),))


def _with_query(address: str) -> str:
    base, _, query = address.partition("?")
    given = {key.upper(): value for key, value in parse_qsl(query)}
    for key in ("LAYER", "TILEMATRIXSET"):
        if not given.get(key):
            raise TileError(
                f"LIANTU_TILES=wmts: 的地址里缺 {key.lower()}=，应像 http://主机/wmts?"
                "layer=图层&tilematrixset=矩阵集（矩阵集要用 Web 墨卡托）。"
            )
    usual = {"SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "STYLE": "default",
             "FORMAT": "image/png"}  # fmt: skip
    places = "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    return f"{base}?{urlencode(usual | given)}{places}"


def _template(address: str) -> str:
    """The address with Leaflet's placeholders, checked character by character."""
    for written, ours in _PLACES.items():
        address = address.replace(written, f"\0{ours}\0")
    plain = re.sub("\0[-xyz]+\0", "", address)
    if not _PLAIN.fullmatch(plain):
        odd = sorted(set(_PLAIN.sub("", plain)))
        raise TileError(f"LIANTU_TILES 的地址里有不能用的字：{' '.join(odd)}。请用百分号编码。")
    _origin(plain)
    return re.sub("\0([-xyz]+)\0", r"{\1}", address)


def _origin(address: str) -> str:
    """Scheme, host and port of an address."""
    match = _START.match(address)
    try:
        usable = match is not None and urlsplit(address).port != 0
    except ValueError:  # a port that is no number, or too large
        usable = False
    if match is None or not usable:
        raise TileError(
            "LIANTU_TILES 的地址要以 http:// 或 https:// 和主机名开头，不带用户名，"
            "例如 http://10.0.0.8:8080/tiles/{z}/{x}/{y}.png。"
        )
    return match[1].lower()


def _in_datum(service: TileService, datum: str) -> TileService:
    key = datum.upper().translate(str.maketrans("", "", "-_ "))
    if not key:
        return service
    known: Mapping[str, str] = {"WGS84": WGS84, "CGCS2000": WGS84, "GCJ02": GCJ02}
    if key not in known:
        extra = "百度的瓦片用自己的投影，不支持。" if "BD" in key or "百度" in datum else ""
        raise TileError(f"LIANTU_TILES_DATUM 不认识“{datum}”，可用的有：WGS84、GCJ02。{extra}")
    if service.name in ("天地图", "高德地图") and known[key] != service.datum:
        raise TileError(f"{service.name}的坐标系是 {service.datum}，不要另写 LIANTU_TILES_DATUM。")
    return replace(service, datum=known[key])
