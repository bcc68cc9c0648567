"""The setting of the tiles: read whole or refused with the way out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.config import Settings
from mapapp.tile_service import GCJ02, WGS84, TileError, read_tiles

KEY = "0123456789abcdef0123456789abcdef"


def test_none_by_default() -> None:
    assert Settings.from_env({}).tiles is None
    assert read_tiles("none") is read_tiles("") is read_tiles(" NONE ") is None


def test_tianditu_has_two_layers_in_web_mercator() -> None:
    service = Settings.from_env({"LIANTU_TILES": f"tianditu:{KEY}"}).tiles
    assert service is not None
    assert [layer.split("/")[3] for layer in service.layers] == ["vec_w", "cva_w"]
    assert all(f"tk={KEY}" in layer and "TILEMATRIXSET=w" in layer for layer in service.layers)
    assert (service.datum, service.origins[0], len(service.origins)) == (
        WGS84, "https://t0.tianditu.gov.cn", 8,
    )  # fmt: skip


def test_amap_is_gcj02_and_may_not_be_said_to_be_another() -> None:
    service = read_tiles("amap")
    assert service is not None
    assert (service.datum, service.origins[0]) == (GCJ02, "https://webrd01.is.autonavi.com")
    with pytest.raises(TileError, match="GCJ-02"):
        read_tiles("amap", "WGS84")


def test_an_address_of_the_intranet() -> None:
    service = read_tiles("xyz:http://10.0.0.8:8080/t/{z}/{x}/{y}.png", "gcj-02", "市局底图")
    assert service is not None
    assert service.layers == ("http://10.0.0.8:8080/t/{z}/{x}/{y}.png",)
    assert service.origins == ("http://10.0.0.8:8080",)
    assert (service.datum, service.name) == (GCJ02, "市局底图")
    south_up = read_tiles("xyz:http://[fd00::8]/{z}/{x}/{-y}.png")
    assert south_up is not None
    assert south_up.origins == ("http://[fd00::8]",)


def test_wmts_by_template_or_by_its_layer() -> None:
    for address in (
        "http://gis/wmts/vec/{TileMatrix}/{TileRow}/{TileCol}.png",
        "http://gis/wmts/vec/{z}/{y}/{x}.png",
    ):
        service = read_tiles(f"wmts:{address}")
        assert service is not None
        assert service.layers == ("http://gis/wmts/vec/{z}/{y}/{x}.png",)
    plain = read_tiles("wmts:http://gis/wmts?layer=vec&tilematrixset=w")
    assert plain is not None
    for part in ("LAYER=vec", "TILEMATRIXSET=w", "REQUEST=GetTile",
                 "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"):  # fmt: skip
        assert part in plain.layers[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("google", "可用的有"),
        ("tianditu:", "密钥"),
        ("tianditu:<script>", "密钥"),
        ("amap:key", "不用再写"),
        ("xyz:http://h/{z}/{x}.png", "{y}"),
        ("xyz:http://h/{x}/{y}.png", "{z}"),
        ("xyz:ftp://h/{z}/{x}/{y}", "http://"),
        ("xyz:javascript:alert(1)/{z}/{x}/{y}", "http://"),
        ("xyz:http://a@h/{z}/{x}/{y}", "用户名"),
        ("xyz:http://h:99999/{z}/{x}/{y}", "主机名"),
        ("xyz:http://h/{z}/{x}/{y}; script-src *", "不能用的字"),
        ("xyz:http://h'/{z}/{x}/{y}", "不能用的字"),
        ("xyz:http://h/{z}/{x}/{y}{{7*7}}", "不能用的字"),
        ("xyz:http://h;img-src/{z}/{x}/{y}", "不能用的字"),
        ("wmts:http://h/wmts?layer=vec", "tilematrixset"),
        ("wmts:http://h/{z}/", "三个占位"),
        ("wmts:", "http://"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(text: str, word: str) -> None:
    with pytest.raises(TileError, match="LIANTU_TILES") as refused:
        read_tiles(text)
    assert word in str(refused.value)


@pytest.mark.parametrize("datum", ["BD09", "百度", "北京54"])
def test_an_unknown_datum_is_refused(datum: str) -> None:
    with pytest.raises(TileError, match="LIANTU_TILES_DATUM"):
        read_tiles("xyz:http://h/{z}/{x}/{y}", datum)


@given(st.text(max_size=40), st.sampled_from(["xyz:", "wmts:", "tianditu:", ""]))
def test_whatever_is_read_fits_into_a_policy(text: str, kind: str) -> None:
    try:
        service = read_tiles(f"{kind}http://h{text}/{{z}}/{{x}}/{{y}}")
    except TileError:
        return
    if service is not None:
        assert all(origin.isascii() and " " not in origin for origin in service.origins)
        assert not any(set(origin) & set(";,'\"<>{}") for origin in service.origins)
        assert not any(set(layer) & set(";'\"<>\\ \n") for layer in service.layers)
