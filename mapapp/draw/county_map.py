"""The Folium map: counties, zones, controls. Geometry, numbers and our own words only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Figure, JavascriptLink
from folium.elements import JSCSSMixin
from folium.template import Template
from folium.utilities import JsCode
from shapely.geometry import shape

from mapapp.draw import palette, verbatim  # noqa: F401  (verbatim works by being imported)
from mapapp.draw.geometry import features
from mapapp.draw.tiles import add_tiles, ground, nearest_zoom
from mapapp.tile_service import TileService

STAGE = ".work"
"""The page's element that holds map, legend and panel, and goes full screen."""
LAYERS = {
    "counties": "区县",
    "zones": "功能区",
    "projects": "项目",
    "sites": "载体",
    "labels": "名称",
}


@dataclass(frozen=True, slots=True)
class ZoneCircle:
    """A zone's circle; `key` finds its name in the page's own data."""

    key: str
    centre: tuple[float, float]
    radius_km: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A Folium figure in parts, ready for a page of ours.

    libraries: the addresses of the scripts that it needs, in their order.
    steps: its own script, the map first, then one layer or control after the other.
    names: the JavaScript variables: map, counties, zones, projects, sites, labels.
    """

    libraries: tuple[str, ...]
    html: str
    steps: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def header(self) -> str:
        """What a page has in its head that does not load the libraries itself."""
        return "".join(f'<script src="{url}"></script>' for url in self.libraries)

    @property
    def generator(self) -> str:
        """All steps as `foliumSteps()`, of which a page takes one after the other: in one go they
        would hold it up. The first gives the map, the last all layers by name."""
        steps = "".join(f"{step}\nyield {self.names['map']};\n" for step in self.steps)
        layers = ", ".join(f"{name}: {variable}" for name, variable in self.names.items())
        shared = ", ".join(self.names.values())  # on window, as on any page of Folium's
        end = f"Object.assign(window, {{ {shared} }});\nreturn {{ {layers} }};"
        return f"function* foliumSteps() {{\n{steps}{end}\n}}\n"

    @property
    def script(self) -> str:
        """All steps in one go."""
        return "\n".join(self.steps)


class OfflineMap(folium.Map):
    """A Leaflet map from our own files, which leaves the rest of the page alone."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }},
                 ...{{ this.options|tojavascript }}}
            );
            L.control.scale({imperial: false, position: "bottomright"})
                .addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, static: str, id: str = "liantu", **options: Any) -> None:
        """`static` is the address of the static folder, without a slash at its end; `id` tells
        the maps of one page apart."""
        super().__init__(tiles=None, **options)
        self._id = id
        # on the instance: other maps of this process keep their own
        self.default_js = [("leaflet", f"{static}/vendor/leaflet/leaflet.js")]
        self.default_css = []  # in static/css/map.css


class FullScreen(JSCSSMixin):
    """leaflet.fullscreen 5, which Folium's own plugin (for version 3) cannot call."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            new L.Control.FullScreen({{ this.options|tojavascript }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, static: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "FullScreen", "liantu"
        folder = f"{static}/vendor/leaflet.fullscreen"
        self.default_js = [("fullscreen", f"{folder}/Control.FullScreen.umd.js")]
        self.default_css = []
        self.options = {
            "title": "全屏",
            "title_cancel": "退出全屏",
            "fullscreen_element": JsCode(f'document.querySelector("{STAGE}")'),
        }


def draw_counties(
    geojson: Mapping[str, Any],
    outline: Mapping[str, Any],
    colours: Mapping[str, str],
    zones: Sequence[ZoneCircle],
    static: str,
    tiles: TileService | None = None,
) -> Fragment:
    """The map of a prefecture. The page's script fits it into its window.

    Args:
        geojson, outline: of geodata's boundaries; names in it are left behind.
        colours: a fill for each county's code.
        tiles: what lies underneath; all coordinates are in its datum.
    """
    figure, zooms = Figure(), zoom_range(tiles)
    base = OfflineMap(
        static,
        location=_middle(outline),
        zoom_start=None,  # the page's script fits the map before a layer is drawn: once, not twice
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        attribution_control=False,
        prefer_canvas=True,
        **zooms,
    )
    figure.add_child(base)
    add_tiles(base, tiles, zooms["maxZoom"])
    layers = {
        "counties": _counties(geojson, colours, ground(tiles)),
        "zones": _zones(zones),
        "projects": folium.FeatureGroup(name=LAYERS["projects"]),
        "sites": folium.FeatureGroup(name=LAYERS["sites"]),
        "labels": folium.FeatureGroup(name=LAYERS["labels"]),
    }
    base.add_child(_outline(outline))
    for name, layer in layers.items():
        layer._id = name
        base.add_child(layer)
    base.add_child(FullScreen(static))
    control = folium.LayerControl(collapsed=False, position="topright")
    control._id = "liantu"
    base.add_child(control)
    names = {"map": base.get_name()} | {k: v.get_name() for k, v in layers.items()}
    return fragment_of(figure, names)


def zoom_range(tiles: TileService | None) -> dict[str, Any]:
    """How far out and in the map of a prefecture goes, and in which steps."""
    return {"minZoom": 6, "maxZoom": nearest_zoom(tiles, 15), "zoomSnap": 0.25}


def fragment_of(figure: Figure, names: Mapping[str, str]) -> Fragment:
    """The parts of a rendered figure; meta lines and style sheets are the page's own."""
    figure.render()
    head = figure.header._children.values()
    libraries = tuple(part.url for part in head if isinstance(part, JavascriptLink))
    steps = tuple(step.render() for step in figure.script._children.values())
    return Fragment(libraries, figure.html.render(), steps, names)


def _counties(
    geojson: Mapping[str, Any], colours: Mapping[str, str], opacity: float
) -> folium.GeoJson:
    def style(feature: Mapping[str, Any]) -> dict[str, Any]:
        fill = colours.get(feature["id"], palette.EMPTY)
        return {"fillColor": fill, "fillOpacity": opacity, "color": palette.BORDER, "weight": 1}

    return folium.GeoJson(
        features(geojson), name=LAYERS["counties"], style_function=style, smooth_factor=0.5
    )


def _outline(outline: Mapping[str, Any]) -> folium.GeoJson:
    layer = folium.GeoJson(
        features({"features": [outline]}),
        control=False,
        style_function=lambda _: {
            "fill": False, "color": palette.CITY_BORDER, "weight": 2.5, "interactive": False,
        },
        smooth_factor=0.5,
        interactive=False,
    )  # fmt: skip
    layer._id = "outline"
    return layer


def _zones(zones: Sequence[ZoneCircle]) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name=LAYERS["zones"])
    for number, zone in enumerate(zones):
        lon, lat = zone.centre
        circle = folium.Circle(
            [lat, lon],
            radius=zone.radius_km * 1000,
            color=palette.ZONE,
            weight=2,
            dash_array="6 5",
            fill=True,
            fill_opacity=0.06,
        )
        circle._id = f"zone{number}"
        circle.options["zone"] = number
        group.add_child(circle)
    return group


def _middle(outline: Mapping[str, Any]) -> list[float]:
    west, south, east, north = shape(outline["geometry"]).bounds
    return [(south + north) / 2, (west + east) / 2]
