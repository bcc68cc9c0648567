// The map page: joins Folium's map, the projects, the labels, the search box and the side panel.

import "../liantu.js";
import "../sheets.js";
import { carry } from "../carry.js";
import L from "../leaflet.js";
import { dressCounties, fetchCounties, shadeCounties } from "../map_counties.js";
import { followBar } from "../map_bar.js";
import { drawLabels } from "../map_labels.js";
import { foldLegend, legend, legendRoom } from "../map_legend.js";
import { frame } from "../map_frame.js";
import { followLinks, showPanel } from "../map_panel.js";
import { Projects } from "../map_projects.js";
import { offerSearch } from "../map_search.js";
import { drawSites, loadSites } from "../map_sites.js";
import { startMap } from "../map_start.js";
import { FILTERS, MapState } from "../map_state.js";
import { offerTime } from "../map_time.js";
import { loadMonthSums } from "../month_sums.js";
import { data } from "../page_data.js";
import { countsByCounty, signedRange } from "../point_filter.js";
import { reading } from "../reading.js";
import { pause } from "../turns.js";

const status = document.getElementById("map-status");
const layers = await startMap(show);
const { map, counties, zones } = layers;

const outline = L.geoJson(null, {
  interactive: false,
  style: { fill: false, color: "#14262e", weight: 3, interactive: false },
}).addTo(map);
const state = new MapState(change);
let projects = null;
let sites = { show() {}, list: [] };
let relabel = () => {};
let time = null;
let monthSums = null;
let { ladder } = data;

followLinks(state);
followBar(state);
offerSearch(entries, ask, (entry) => {
  if (entry.place) state.set({ place: entry.place, project: null, site: null }, { focus: true });
  else if (entry.site) state.set({ site: entry.site.id, project: null }, { focus: true });
  else openProject(entry.code);
});

counties.eachLayer((layer) => {
  layer.on("click", (event) => clicked(event, layer.feature.id));
  layer.on("mouseover", () => layer.setStyle({ weight: 2 }));
  layer.on("mouseout", () => layer.setStyle({ weight: 1 }));
});
zones.eachLayer((layer) => layer.on("click", (event) => clicked(event, data.zones[layer.options.zone].name)));
// Switched back on, the counties must not hide the zones.
map.on("overlayadd", () => {
  zones.bringToBack();
  counties.bringToBack();
});
mark();
readProjects();
readSites();

/** The whole city, beside the legend where there is room for both. */
function show(map) {
  foldLegend(map.getSize().x);
  let unfolded = legend.open;
  frame(map, () => data.bounds, {
    padding: data.padding,
    left: () => legendRoom(map.getSize().x),
    label: "地图，区县也可从右侧列表打开",
    paper(now) {
      if (now) unfolded = legend.open;
      legend.open = now || unfolded;
    },
  });
}

async function readProjects() {
  try {
    const points = await reading;
    const drawing = new Projects(points, map, layers.projects, data, openProject);
    await pause();
    await drawing.appear(state.now);
    projects = drawing;
    if (state.now !== drawing.now) projects.show(state.now);
    status.hidden = true;
    await pause();
    relabel = drawLabels(data, projects, layers);
    offerColours();
    offerPlaying(points);
    performance.mark("map-ready");
  } catch (error) {
    console.warn(error);
    status.textContent = "项目没有读到，请刷新本页。";
  }
}

/** The sites are a help beside the projects: where they cannot be read, the map stays as it is. */
async function readSites() {
  try {
    const found = await loadSites(data.sites);
    sites = drawSites(found, layers.sites, data.siteColour, (site, event) => {
      if (!projects?.click(event.containerPoint)) state.set({ site: site.id, project: null }, { focus: true });
    });
    mark();
  } catch (error) {
    console.warn(error);
  }
}

/** What the state changed into is shown everywhere: projects at once, numbers as they come. */
function change(now, before, focus) {
  for (const name of ["place", ...FILTERS]) if (now[name] !== before[name]) carry(name, now[name]);
  projects?.show(now);
  mark();
  showPanel(data, state, focus);
  if ([...FILTERS, "shade"].some((name) => now[name] !== before[name])) {
    time?.end();
    count();
  }
}

/** The counties in the colours of what is selected now, with their numbers. */
async function count() {
  try {
    const found = await fetchCounties(data, state.query());
    if (!found) return;
    ({ ladder } = found);
    dressCounties(counties, found);
    relabel(new Map(found.counties.map(({ code, text }) => [code, text])));
  } catch (error) {
    console.warn(error);
    status.hidden = false;
    status.textContent = "区县的数字没有读到，底色还是原来的；请刷新本页。";
  }
}

function clicked(event, place) {
  L.DomEvent.stopPropagation(event);
  if (projects?.click(event.containerPoint)) return;
  projects?.layer.spread(null);
  state.set({ place, project: null, site: null }, { focus: true });
}
map.on("click", ({ containerPoint }) => projects?.click(containerPoint));

function entries() {
  const places = data.counties.map((item) => ({ place: item.code, text: item.name, kind: "区县" }));
  const areas = data.zones.map((item) => ({ place: item.name, text: item.name, kind: "功能区" }));
  const grounds = sites.list.map((item) => ({ site: item, text: item.name, kind: item.kind }));
  return [...places, ...areas, ...grounds];
}

/** The projects of what is selected that a text is found in. */
async function ask(text) {
  const query = state.query();
  query.set("q", text);
  const response = await fetch(`${data.find}?${query}`);
  if (!response.ok) return [];
  return (await response.json()).map(([code, name, stage]) => ({ code, text: name, kind: stage }));
}

function openProject(code) {
  const n = projects?.points.find(code) ?? -1;
  if (n >= 0) map.panInside(projects.points.latLng(n), { paddingTopLeft: [legendRoom(map.getSize().x) + 10, 40], padding: [40, 40] });
  state.set({ project: code, site: null }, { focus: true });
}

/** Shows on the map what the panel tells of. The chosen county gets an outline of its own: brought
 * to the front itself, it would hide its zones. */
function mark() {
  const { place, site } = state.now;
  outline.clearLayers();
  counties.eachLayer((layer) => {
    if (layer.feature.id === place) outline.addData(layer.feature);
  });
  zones.eachLayer((layer) => {
    layer.setStyle({ weight: data.zones[layer.options.zone].name === place ? 4 : 2 });
  });
  sites.show(place, site);
}

/** Projects coloured by chain, stage or overdue milestone; the legend says which. */
function offerColours() {
  const choice = document.getElementById("map-colour");
  choice.addEventListener("change", async () => {
    status.hidden = false;
    status.textContent = "正在上色…";
    try {
      await projects.colourBy(choice.value);
      status.hidden = true;
      for (const part of legend.querySelectorAll("[data-by]")) part.hidden = part.dataset.by !== choice.value;
    } catch (error) {
      console.warn(error);
      status.textContent = "里程碑没有读到，或台账刚有改动；请刷新本页。";
      choice.value = projects.by;
    }
  });
}

function offerPlaying(points) {
  const button = document.getElementById("map-play");
  time = offerTime(document.getElementById("map-time"), playTo);
  button.disabled = points.signed.every((month) => month === 0);
  button.addEventListener("click", async () => {
    if (state.now.shade === "amount") monthSums ??= await loadMonthSums(data.sums).catch(() => null);
    const range = signedRange(points, projects.mask);
    if (range) time.open(range);
  });
}

/** Projects, counties and names as they stood at the end of a month. */
function playTo(month) {
  projects.playTo(month);
  if (month === null) {
    count();
    return projects.count;
  }
  const { shade, stage, link } = state.now;
  const amounts = shade === "amount" && !stage && !link && monthSums;
  const values = amounts ? monthSums.upTo(month, state.now) : countsByCounty(projects.points, projects.mask);
  const unit = amounts ? "亿元" : "个";
  if (amounts || !shade) shadeCounties(counties, ladder, values);
  relabel(new Map([...values].map(([code, value]) => [code, `${value.toLocaleString("zh-CN", { maximumFractionDigits: 1 })} ${unit}`])));
  return projects.count;
}
