// Names on the map: of counties with their number, and of zones. Text only.

const MOST = 2000;
const SIDES = {
  above: (w, h) => [-w / 2, -h - 8],
  below: (w) => [-w / 2, 8],
  right: (w, h) => [5, -h / 2],
  left: (w, h) => [-w - 5, -h / 2],
  middle: (w, h) => [-w / 2, -h / 2],
};

/** Puts a name to every county and zone, on the side where it covers least. */
export function drawLabels(data, projects, group, map) {
  const spans = new Map();
  for (const { county, lat } of projects) {
    const [low, high] = spans.get(county) || [lat, lat];
    spans.set(county, [Math.min(low, lat), Math.max(high, lat)]);
  }
  const labels = data.counties.map((county) => {
    const [lon, lat] = county.label;
    const [low, high] = spans.get(county.code) || [];
    const places = low ? [[[high, lon], "above"], [[low, lon], "below"]] : [[[lat, lon], "middle"]];
    return label(county.name, number(county.value, data.measure.unit), "county-label", places);
  });
  window[data.names.zones].eachLayer((circle) => {
    const { name, short } = data.zones[circle.options.zone];
    labels.push(label(short, "", "zone-label", around(circle), name));
  });
  for (const { marker } of labels) marker.addTo(group);
  const settle = () => arrange(map, labels, projects.slice(0, MOST));
  map.on("zoomend", settle);
  group.on("add", settle);
  settle();
}

function around(circle) {
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
  box.append(word);
  if (value) {
    const figure = document.createElement("small");
    figure.textContent = value;
    box.append(figure);
  }
  const icon = L.divIcon({ html: box, className: `map-label ${kind}`, iconSize: null });
  const marker = L.marker(places[0][0], { icon, interactive: false, keyboard: false });
  return { marker, box, places };
}

function number(value, unit) {
  if (value === null) return "";
  return `${value.toLocaleString("zh-CN", { maximumFractionDigits: 1 })} ${unit}`;
}

/** Chooses a side for every label in turn: the one that meets the fewest names and projects. Far
 * out, the zones' names would cover the counties' and are left away. */
function arrange(map, labels, projects) {
  map.getContainer().classList.toggle("far", map.getZoom() < 7.5);
  const names = [];
  const dots = projects.map(({ lat, lon }) => map.latLngToLayerPoint([lat, lon]));
  for (const { marker, box, places } of labels) {
    const { offsetWidth: w, offsetHeight: h } = box;
    if (!w) continue;
    const choices = places.map(([where, side]) => {
      const { x, y } = map.latLngToLayerPoint(where);
      const [dx, dy] = SIDES[side](w, h);
      const rect = { left: x + dx, top: y + dy, right: x + dx + w, bottom: y + dy + h };
      return { where, dx, dy, rect, cost: cost(rect, names, dots) };
    });
    const best = choices.reduce((a, b) => (b.cost < a.cost ? b : a));
    marker.setLatLng(best.where);
    box.style.left = `${best.dx}px`;
    box.style.top = `${best.dy}px`;
    names.push(best.rect);
  }
}

function cost(rect, names, dots) {
  const met = names.filter((other) => rect.left < other.right && other.left < rect.right
    && rect.top < other.bottom && other.top < rect.bottom).length;
  const covered = dots.filter(({ x, y }) => x > rect.left - 6 && x < rect.right + 6
    && y > rect.top - 6 && y < rect.bottom + 6).length;
  return 20 * met + covered;
}
