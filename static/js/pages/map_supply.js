// Supply on the map: who makes a link, who uses it, and the lines between them.

import "../liantu.js";
import { frame } from "../map_frame.js";
import { foldLegend, legendRoom } from "../map_legend.js";
import { putNames } from "../map_names.js";
import { startMap } from "../map_start.js";
import { data } from "../page_data.js";

const NEAR = { color: "#10505e", weight: 2.2, opacity: 0.9, dashArray: null };
const FAR = { color: "#8d979f", weight: 1, opacity: 0.7, dashArray: "3 3" };
const ROOM = 620; // px of map, below which an open legend would cover counties

const { map } = await startMap((map) => {
  foldLegend(map.getSize().x, ROOM);
  frame(map, () => data.bounds, { left: () => legendRoom(map.getSize().x, ROOM), label: "供需地图" });
});
putNames(map, data.counties, { avoid: data.firms.map(({ at }) => at) });

const lines = new Map();
for (const { row, ends, said, nearest } of [...data.lines].sort((a, b) => a.nearest - b.nearest)) {
  const points = ends.map((n) => data.firms[n].at).map(([lon, lat]) => [lat, lon]);
  const usual = nearest ? NEAR : FAR;
  const line = L.polyline(points, { ...usual }).addTo(map);
  const names = ends.map((n) => data.firms[n].name);
  line.bindTooltip(words(`${names[0]} → ${names[1]}`, said), { sticky: true });
  line.on("mouseover", () => light(row));
  line.on("mouseout", () => light(null));
  lines.set(row, { line, usual });
}
for (const firm of data.firms) {
  const icon = L.divIcon({ html: sign(firm), className: "firm-sign", iconSize: [20, 20] });
  const marker = L.marker([firm.at[1], firm.at[0]], { icon, keyboard: false });
  marker.bindTooltip(words(firm.name, firm.words), { direction: "top", offset: [0, -8] }).addTo(map);
}

const rows = [...document.querySelectorAll("[data-pair]")];
for (const row of rows) {
  const number = Number(row.dataset.pair);
  row.addEventListener("mouseenter", () => light(number));
  row.addEventListener("mouseleave", () => light(null));
  row.addEventListener("focusin", () => light(number));
  row.addEventListener("focusout", () => light(null));
}

/** Shows one pair, in the table and on the map; null shows none. */
function light(chosen) {
  for (const [number, { line, usual }] of lines) {
    line.setStyle(number === chosen ? { color: "#b3341a", weight: 4, opacity: 1, dashArray: null } : usual);
    if (number === chosen) line.bringToFront();
  }
  for (const row of rows) row.classList.toggle("lit", Number(row.dataset.pair) === chosen);
}

/** A firm's sign: a square makes, a circle uses, both do both; a dot where its place is known. */
function sign({ makes, uses, waits, exact }) {
  const box = svg("svg", { width: 20, height: 20, viewBox: "-10 -10 20 20" });
  if (makes || waits) {
    box.append(svg("rect", {
      x: -6, y: -6, width: 12, height: 12, "stroke-width": 1.6,
      fill: makes ? "#10505e" : "#fff", stroke: makes ? "#fff" : "#10505e",
    }));
  }
  if (uses) {
    const r = makes || waits ? 3.6 : 6;
    box.append(svg("circle", { r, fill: "#d9962b", stroke: "#fff", "stroke-width": 1.4 }));
  }
  if (exact) box.append(svg("circle", { r: 1.7, fill: "#fff" }));
  return box;
}

function svg(name, facts) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(facts)) node.setAttribute(key, value);
  return node;
}

/** A tooltip of text nodes: nothing from the ledger is parsed as HTML. */
function words(title, text) {
  const box = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = title;
  const facts = document.createElement("div");
  facts.textContent = text;
  box.append(name, facts);
  return box;
}
