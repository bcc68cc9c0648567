// Reads the sites (载体), column by column, and draws each as an open square on the map's canvas.

import L from "./leaflet.js";

const MICRO = 100000;
const SIZE = 8;

const Square = L.CircleMarker.extend({
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const { x, y } = this._point;
    const r = this._radius;
    renderer._ctx.beginPath();
    renderer._ctx.rect(x - r, y - r, 2 * r, 2 * r);
    renderer._fillStroke(renderer._ctx, this);
  },
});

/** The sites of an answer of /map/sites, one object each. */
export async function loadSites(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  const data = await response.json();
  return data.id.map((id, n) => ({
    id,
    name: data.name[n],
    kind: data.kind[n],
    area: data.area[n],
    county: data.county[n],
    zone: data.zone[n],
    lon: data.lon[n] / MICRO,
    lat: data.lat[n] / MICRO,
  }));
}

/** Puts the sites into a layer group; `open` is called with the one that is clicked. */
export function drawSites(list, group, colour, open) {
  const squares = list.map((site) => {
    const square = new Square([site.lat, site.lon], {
      radius: SIZE, color: colour, weight: 2.4, fillColor: "#fff", fillOpacity: 0.35, site,
    });
    square.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      open(site, event);
    });
    return square.addTo(group);
  });
  group.bindTooltip((layer) => describe(layer.options.site), { direction: "top", opacity: 1 });
  return {
    list,
    show(place, id) {
      for (const square of squares) {
        const { site } = square.options;
        const inside = !place || site.county === place || site.zone === place;
        square.setStyle({ opacity: inside ? 1 : 0.35, weight: site.id === id ? 4 : 2.4 });
        square.setRadius(site.id === id ? SIZE + 3 : SIZE);
      }
    },
  };
}

/** The tooltip of a site, built of text nodes: nothing from a list is parsed as HTML. */
function describe(site) {
  const box = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = site.name;
  const facts = document.createElement("div");
  facts.textContent = ["载体", site.kind, site.area].filter(Boolean).join(" · ");
  box.append(name, facts);
  return box;
}
