// The country: a bubble for every city with target enterprises; a chosen city with its counties.

import "../liantu.js";
import { frame } from "../map_frame.js";
import { foldLegend, legendRoom } from "../map_legend.js";
import { putNames } from "../map_names.js";
import { offerSearch } from "../map_search.js";
import { data } from "../page_data.js";

const map = window[data.names.map];
const provinces = window[data.names.provinces];
const whole = provinces.getBounds().extend(window[data.names.lines].getBounds());
const panel = document.getElementById("panel");
const status = document.getElementById("map-status");
const back = document.getElementById("whole");
const NAMED = 24; // cities that get a name while the whole country is in sight
const ROOM = 620; // px of map, below which an open legend would cover the country
const TILES = data.tiles;
const FAR = 6.5; // the provinces are drawn for the whole country; nearer, they would look hewn
const BUBBLE = { color: "#fff", weight: 1, fillColor: "#1a5796", fillOpacity: 0.72 };

let shown = { bounds: null, layers: null };
let asked = 0;
foldLegend(map.getSize().x, ROOM);
const left = () => (shown.bounds ? legendRoom(map.getSize().x, ROOM) : 0);
const fit = frame(map, () => shown.bounds || whole, { left, padding: 14, label: "全国地图" });
const cities = L.featureGroup().addTo(map);
for (const city of data.cities) {
  const radius = 3 + 1.8 * Math.sqrt(city.firms);
  const bubble = L.circleMarker([city.at[1], city.at[0]], { ...BUBBLE, radius }).addTo(cities);
  bubble.bindTooltip(line(`${city.name} ${city.firms} 家`), { direction: "top" });
  bubble.on("click", () => open(city.code));
}
for (const office of data.offices) mark(office, "office", `${office.name}（${office.city}）`);
mark(data.home, "home", data.home.name);
const named = data.cities.slice(0, NAMED).map(({ at, name, firms }) => ({ at, name: name.replace(/市$/, ""), text: String(firms) }));
const avoid = [data.home.at, ...data.offices.map(({ at }) => at), ...data.cities.slice(0, NAMED).map(({ at }) => at)];
let names = putNames(map, named, { kind: "city-label", avoid });

const places = data.all.map(([code, text, province]) => ({ code, text, kind: text === province ? "" : province }));
offerSearch(() => places, async () => [], ({ code }) => open(code));
back.addEventListener("click", () => open(null));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-city]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.dataset.city || null, { focus: true });
});
window.addEventListener("popstate", () => {
  open(new URL(location.href).searchParams.get("city"), { step: false });
});
const NEAREST = map.getMaxZoom();
map.setMaxZoom(TILES ? NEAREST : FAR);
map.on("zoomend", () => {
  if (map.getZoom() > FAR) provinces.remove();
  else if (!map.hasLayer(provinces)) provinces.addTo(map).bringToBack();
});
if (data.city) show(data.city);

/** Shows a city, or the country for null: on the map, then in the panel. */
async function open(code, { focus = false, step = true } = {}) {
  const turn = ++asked;
  const url = new URL(location.href);
  if (code) url.searchParams.set("city", code);
  else url.searchParams.delete("city");
  panel.setAttribute("aria-busy", "true");
  try {
    // First the map: the panel ranks firms, and would make the counties wait.
    await (code ? show(code) : leave());
    const answer = await fetch(`${data.panel}${url.search}`, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (turn !== asked) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    panel.replaceChildren(...page.body.childNodes);
    panel.scrollTop = 0;
    status.textContent = "";
    if (step && url.href !== location.href) history.pushState(null, "", url);
    if (focus) panel.focus({ preventScroll: true });
  } catch (error) {
    if (turn !== asked) return;
    console.warn(error);
    status.textContent = "这个地市没有读到，请再选一次或刷新本页。";
  }
  panel.removeAttribute("aria-busy");
}

/** Draws a city's counties and goes there. */
async function show(code) {
  const turn = asked;
  const response = await fetch(data.place.replace("CODE", encodeURIComponent(code)));
  if (!response.ok) throw new Error(String(response.status));
  const place = await response.json();
  if (turn !== asked) return;
  clear();
  const around = L.geoJson(place.around, {
    interactive: false, style: { color: "#6b7f89", weight: 1, fillColor: "#fbfaf7", fillOpacity: TILES ? 0 : 1 },
  });
  const counties = L.geoJson(place.counties, {
    interactive: false,
    style: { color: "#34444d", weight: 1.2, fillColor: "#cbdfe7", fillOpacity: TILES ? 0.35 : 1, className: "chosen-county" },
  });
  map.setMaxZoom(NEAREST);
  shown = { bounds: place.bounds, layers: L.layerGroup([around, counties]).addTo(map) };
  cities.bringToFront();
  fit();
  names.remove();
  names = putNames(map, place.labels, { kind: "county-label" });
  back.hidden = false;
  map.getContainer().dataset.city = place.code;
}

async function leave() {
  clear();
  if (!TILES) map.setMaxZoom(FAR);
  names.remove();
  names = putNames(map, named, { kind: "city-label", avoid });
  back.hidden = true;
  delete map.getContainer().dataset.city;
  fit();
}

function clear() {
  shown.layers?.remove();
  shown = { bounds: null, layers: null };
}

function mark({ at, code }, kind, words) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["width", 20], ["height", 20], ["viewBox", "-10 -10 20 20"]]) box.setAttribute(key, value);
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const drawn = {
    office: { d: "M0-6.5L6.5 0L0 6.5L-6.5 0z", fill: "#fff", stroke: "#8f5600", "stroke-width": 2.2 },
    home: { d: "M0-9L2.5-3 9-2.7 4 1.4 5.6 7.8 0 4.1-5.6 7.8-4 1.4-9-2.7-2.5-3z", fill: "#b0126b", stroke: "#fff", "stroke-width": 1 },
  }[kind];
  for (const [key, value] of Object.entries(drawn)) shape.setAttribute(key, value);
  box.append(shape);
  const icon = L.divIcon({ html: box, className: "firm-sign", iconSize: [20, 20] });
  const marker = L.marker([at[1], at[0]], { icon, keyboard: false, zIndexOffset: kind === "home" ? 200 : 100 });
  marker.bindTooltip(line(words), { direction: "top", offset: [0, -8] }).on("click", () => open(code)).addTo(map);
}

function line(text) {
  const box = document.createElement("div");
  box.textContent = text;
  return box;
}
