// Names on the map: of counties with their number, and of zones. Text only.

import L from "./leaflet.js";
import { worldPlace } from "./map_ground.js";

const FULL = 80; // projects of a county beyond which no side of them is free
const OFF = 26; // px
const SIDES = {
  above: (w, h) => [-w / 2, -h - 8],
  below: (w) => [-w / 2, 8],
  right: (w, h) => [5, -h / 2],
  left: (w, h) => [-w - 5, -h / 2],
  middle: (w, h) => [-w / 2, -h / 2],
  offUp: (w, h) => [-w / 2, -h / 2 - OFF],
  offDown: (w, h) => [-w / 2, -h / 2 + OFF],
  offLeft: (w, h) => [-w / 2 - OFF, -h / 2],
  offRight: (w, h) => [-w / 2 + OFF, -h / 2],
  offUpLeft: (w, h) => [-w / 2 - OFF, -h / 2 - OFF],
  offUpRight: (w, h) => [-w / 2 + OFF, -h / 2 - OFF],
  offDownLeft: (w, h) => [-w / 2 - OFF, -h / 2 + OFF],
  offDownRight: (w, h) => [-w / 2 + OFF, -h / 2 + OFF],
};

/** Puts a name to every county and zone, on the side where it covers least. What it gives back
 * writes other numbers under the names: text by county code. */
export function drawLabels(data, { points, layer }, { labels: group, map, zones }) {
  const spans = spansOf(points);
  const labels = data.counties.map((county) => {
    const [lon, lat] = county.label;
    const [low, high] = spans.get(county.code) || [];
    const places = low ? [[[high, lon], "above"], [[low, lon], "below"]] : around({ lat, lon });
    return { ...label(county.name, county.text, "county-label", places), code: county.code };
  });
  zones.eachLayer((circle) => {
    const { name, short } = data.zones[circle.options.zone];
    labels.push(label(short, "", "zone-label", besides(circle), name));
  });
  for (const { marker } of labels) marker.addTo(group);
  const settle = () => arrange(map, labels, layer.obstacles());
  layer.on("drawn", settle);
  group.on("add", settle);
  settle();
  return (texts) => {
    for (const { code, figure } of labels) if (code) figure.textContent = texts.get(code) ?? "";
    settle();
  };
}

/** How far south and north the projects of each county reach; a county full of them has no side
 * that is free, and keeps its name in its middle. */
function spansOf(points) {
  const { count, county, y, counties, origin, step } = points;
  const reach = counties.map(() => [-Infinity, Infinity, 0]);
  for (let n = 0; n < count; n += 1) {
    const span = reach[county[n]];
    if (y[n] > span[0]) span[0] = y[n];
    if (y[n] < span[1]) span[1] = y[n];
    span[2] += 1;
  }
  const degrees = (steps) => worldPlace({ x: 0, y: origin[1] + steps * step })[0];
  return new Map(counties.map((code, k) => [code, reach[k]])
    .filter(([, [, , number]]) => number <= FULL)
    .map(([code, [low, high]]) => [code, [degrees(low), degrees(high)]]));
}

/** A county without a free side: its name stands in its middle or a little off it. */
function around({ lat, lon }) {
  return Object.keys(SIDES).filter((side) => side.startsWith("off") || side === "middle")
    .map((side) => [[lat, lon], side]);
}

function besides(circle) {
  const box = circle.getBounds();
  const { lat, lng } = circle.getLatLng();
  return [
    [[box.getSouth(), lng], "below"],
    [[lat, box.getEast()], "right"],
    [[lat, box.getWest()], "left"],
    [[box.getNorth(), lng], "above"],
  ];
}

function label(name, value, kind, places) {
  const box = document.createElement("div");
  const word = document.createElement("span");
  word.textContent = name;
  const figure = document.createElement("small");
  figure.textContent = value;
  box.append(word, figure);
  const icon = L.divIcon({ html: box, className: `map-label ${kind}`, iconSize: null });
  const marker = L.marker(places[0][0], { icon, interactive: false, keyboard: false });
  return { marker, box, places, figure };
}

/** Chooses a side for every label in turn: the one that meets the fewest names and projects. Far
 * out, the zones' names would cover the counties' and are left away. */
function arrange(map, labels, drawn) {
  map.getContainer().classList.toggle("far", map.getZoom() < 7.5);
  const names = [];
  for (const { marker, box, places } of labels) {
    const { offsetWidth: w, offsetHeight: h } = box;
    if (!w) continue;
    const choices = places.map(([where, side]) => {
      const { x, y } = map.latLngToLayerPoint(where);
      const [dx, dy] = SIDES[side](w, h);
      const rect = { left: x + dx, top: y + dy, right: x + dx + w, bottom: y + dy + h };
      return { where, dx, dy, rect, cost: cost(rect, names, drawn) };
    });
    const best = choices.reduce((a, b) => (b.cost < a.cost ? b : a));
    marker.setLatLng(best.where);
    box.style.left = `${best.dx}px`;
    box.style.top = `${best.dy}px`;
    names.push(best.rect);
  }
}

function cost(rect, names, drawn) {
  const met = names.filter((other) => rect.left < other.right && other.left < rect.right
    && rect.top < other.bottom && other.top < rect.bottom).length;
  const covered = drawn.filter(({ x, y, radius }) => x > rect.left - radius && x < rect.right + radius
    && y > rect.top - radius && y < rect.bottom + radius).length;
  return 20 * met + covered;
}
