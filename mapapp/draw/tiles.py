"""Tiles under a map, where the settings name a service; without it nothing is fetched."""

from typing import Any

import folium
from folium.template import Template

from mapapp.tile_service import TileService

GROUND = 0.35
"""How strongly areas are coloured above tiles, which must stay readable through them."""


class Tiles(folium.TileLayer):
    """One layer of tiles. Its credit is not Leaflet's, which would parse it as HTML: the page
    writes the service's name as text."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.tileLayer(
                {{ this.tiles|tojson }}, {{ this.options|tojavascript }}
            );
            {{ this.get_name() }}.once("tileerror", function () {
                document.body.classList.add("tiles-failed");
            });
        {% endmacro %}
        """
    )

    def __init__(self, address: str, service: TileService, id: str, zoom: int) -> None:
        # not TileLayer's own: it looks the address up among public services
        super(folium.TileLayer, self).__init__(name="tiles", overlay=True, control=False)
        self._name, self._id = "Tiles", id
        self.tiles = address
        self.options: dict[str, Any] = {
            "maxZoom": zoom,
            "maxNativeZoom": service.max_zoom,
            "pane": "tilePane",
        }
        if service.subdomains:
            self.options["subdomains"] = service.subdomains


def add_tiles(base: folium.Map, service: TileService | None, zoom: int) -> None:
    """Put the service's layers under everything else of a map that goes as near as `zoom`."""
    for number, address in enumerate(service.layers if service else ()):
        base.add_child(Tiles(address, service, f"{base.get_name()}_{number}", zoom))  # type: ignore[arg-type]


def ground(service: TileService | None) -> float:
    """How opaque the colour of an area is."""
    return GROUND if service else 1.0


def nearest_zoom(service: TileService | None, without: int) -> int:
    """How near a map may be looked at: as far as tiles go, or as far as our own boundaries do."""
    return service.max_zoom if service else without
