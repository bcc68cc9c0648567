// The linked page: what one of its views is pointed at, all of them mark.

import "../liantu.js";
import { carry } from "../carry.js";
import L from "../leaflet.js";
import { showChain } from "../linked_chain.js";
import { showFigures } from "../linked_figures.js";
import { showTable } from "../linked_table.js";
import { followBar } from "../map_bar.js";
import { frame } from "../map_frame.js";
import { drawLabels } from "../map_labels.js";
import { Projects } from "../map_projects.js";
import { startMap } from "../map_start.js";
import { FILTERS, MapState } from "../map_state.js";
import { data } from "../page_data.js";
import { reading } from "../reading.js";
import { chosen, countsByCounty, inside, total } from "../point_filter.js";

const layers = await startMap((map) => frame(map, () => data.bounds, { padding: data.padding }));
const { map, counties } = layers;
const status = document.getElementById("map-status");
const said = document.getElementById("linked-said");
const state = new MapState(change);
let views = null;
let pointed = null; // what the pointer or the keyboard is on: { from, mask, link }

followBar(state);
start();

async function start() {
  try {
    const points = await reading;
    const projects = new Projects(points, map, layers.projects, data, openProject, (members) => {
      point(members && { from: "map", mask: only(points, members) });
    });
    views = {
      points,
      projects,
      chain: showChain(points, point, (link) => state.set({ link: link === state.now.link ? null : link })),
      figures: showFigures(data, points, point, (key, value) => state.set({ [key]: value === state.now[key] ? null : value })),
      table: showTable(data, projects, point),
    };
    status.hidden = true;
    show();
    views.relabel = drawLabels(data, projects, layers);
    relabel();
    followCounties(points);
  } catch (error) {
    console.warn(error);
    status.textContent = "项目没有读到，请刷新本页。";
  }
}

/** Another chain is another picture, which the server draws; all else is decided here. */
function change(now, before) {
  if (now.chain !== before.chain) {
    location.reload();
    return;
  }
  for (const name of ["place", ...FILTERS]) if (now[name] !== before[name]) carry(name, now[name]);
  if (!views) return;
  pointed = null;
  show();
  relabel();
}

/** What is pointed at, by whichever view; null: nothing any more. */
function point(what) {
  if (!what && !pointed) return;
  pointed = what;
  show();
}

/** Everything anew: what is selected, and what of it is pointed at. */
function show() {
  const { points, projects, chain, figures, table } = views;
  const selected = chosen(points, state.now);
  const place = inside(points, state.now.place);
  if (place) meet(selected, place);
  const marked = pointed ? meet(pointed.mask.slice(), selected) : null;
  projects.marked = marked ?? place;
  projects.show(state.now);
  chain.show(marked ?? (narrowed() ? selected : null), pointed?.link ?? state.now.link);
  figures.show(selected, marked, state.now);
  table.show(selected, marked, pointed?.from === "table");
  const number = total(selected).toLocaleString("zh-CN");
  said.textContent = marked ? `${number} 个项目，标出 ${total(marked).toLocaleString("zh-CN")} 个` : `${number} 个项目`;
}

function narrowed() {
  return state.now.place || state.now.link || state.now.stage || state.now.period;
}

function meet(mask, other) {
  for (let n = 0; n < mask.length; n += 1) mask[n] &= other[n];
  return mask;
}

function only(points, members) {
  const mask = new Uint8Array(points.count);
  for (const n of members) mask[n] = 1;
  return mask;
}

function followCounties(points) {
  counties.eachLayer((layer) => {
    const { id } = layer.feature;
    layer.on("mouseover", () => point({ from: "county", mask: inside(points, id) }));
    layer.on("mouseout", () => point(null));
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      if (!views.projects.click(event.containerPoint)) state.set({ place: id === state.now.place ? null : id });
    });
  });
}

function relabel() {
  const sums = countsByCounty(views.points, chosen(views.points, state.now));
  views.relabel?.(new Map([...sums].map(([code, number]) => [code, `${number} 个`])));
}

function openProject(code) {
  location.href = data.projectPage.replace("CODE", encodeURIComponent(code));
}
