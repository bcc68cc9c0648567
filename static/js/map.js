// The map page: joins Folium's map, the projects, the labels, the search box and the side panel.

import { drawLabels } from "./map_labels.js";
import { drawProjects, loadProjects } from "./map_points.js";
import { followPanel } from "./map_panel.js";
import { offerSearch } from "./map_search.js";
import { drawSites, loadSites } from "./map_sites.js";

const data = JSON.parse(document.getElementById("map-data").textContent);
const map = window[data.names.map];
const counties = window[data.names.counties];
const zones = window[data.names.zones];
const projects = window[data.names.projects];
const status = document.getElementById("map-status");

const legend = document.querySelector(".map-legend");
const ROOM = 760; // px of map, below which an open legend would cover counties

const home = counties.getBounds();
const frame = L.geoJson(null, {
  interactive: false,
  style: { fill: false, color: "#14262e", weight: 3, interactive: false },
}).addTo(map);
let drawn = { show() {}, list: [] };
let sites = { show() {}, list: [] };

const panel = followPanel(data, mark);
offerSearch(entries, (entry) => {
  if (entry.place) panel.place(entry.place);
  else if (entry.site) panel.site(entry.site.id);
  else openProject(entry.project);
});

counties.eachLayer((layer) => {
  layer.on("click", () => panel.place(layer.feature.id));
  layer.on("mouseover", () => hover(layer, true));
  layer.on("mouseout", () => hover(layer, false));
});
zones.eachLayer((layer) => layer.on("click", (event) => {
  L.DomEvent.stopPropagation(event);
  panel.place(data.zones[layer.options.zone].name);
}));
// Switched back on, the counties must not hide the projects.
map.on("overlayadd", () => {
  zones.bringToBack();
  counties.bringToBack();
});
map.on("resize enterFullscreen exitFullscreen", fit);
new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
if (map.getSize().x < ROOM) legend.open = false;
fitPaper();
nameControls();
fit();
mark();
read();
readSites();

async function read() {
  let list = [];
  status.textContent = "正在读取项目…";
  try {
    list = await loadProjects(data.points);
    status.hidden = true;
  } catch (error) {
    console.warn(error);
    status.textContent = "项目没有读到，请刷新本页。";
  }
  drawn = drawProjects(list, projects, (project) => panel.project(project.code));
  drawLabels(data, list, window[data.names.labels], map);
  mark();
}

/** The sites are a help beside the projects: where they cannot be read, the map stays as it is. */
async function readSites() {
  try {
    sites = drawSites(await loadSites(data.sites), window[data.names.sites], data.siteColour, (site) => panel.site(site.id));
    mark();
  } catch (error) {
    console.warn(error);
  }
}

function entries() {
  const places = data.counties.map((item) => ({ place: item.code, text: item.name, kind: "区县" }));
  const areas = data.zones.map((item) => ({ place: item.name, text: item.name, kind: "功能区" }));
  const found = drawn.list.map((item) => ({
    project: item, text: item.name, kind: item.stage, also: `${item.enterprise} ${item.code}`,
  }));
  const grounds = sites.list.map((item) => ({ site: item, text: item.name, kind: item.kind }));
  return [...places, ...areas, ...grounds, ...found];
}

function openProject(project) {
  map.panInside([project.lat, project.lon], { paddingTopLeft: [legendRoom(), 40], padding: [40, 40] });
  panel.project(project.code);
}

/** Shows on the map what the panel tells of. The chosen county gets an outline of its own: brought
 * to the front itself, it would hide its projects. */
function mark() {
  frame.clearLayers();
  counties.eachLayer((layer) => {
    if (layer.feature.id === panel.state.place) frame.addData(layer.feature);
  });
  zones.eachLayer((layer) => {
    const chosen = data.zones[layer.options.zone].name === panel.state.place;
    layer.setStyle({ weight: chosen ? 4 : 2 });
  });
  drawn.show(panel.state.place, panel.state.project);
  sites.show(panel.state.place, panel.state.site);
}

function hover(layer, on) {
  layer.setStyle({ weight: on ? 2 : 1 });
}

/** The whole city, beside the legend where there is room for both. */
function fit() {
  map.invalidateSize();
  const padding = { paddingTopLeft: [legendRoom(), 12], paddingBottomRight: [10, 12] };
  map.fitBounds(home, { ...padding, animate: false });
}

/** On paper the map box has another size: the whole city for the print, then back to what was seen. */
function fitPaper() {
  const box = map.getContainer().closest(".map-box");
  const paper = window.matchMedia("print");
  let seen = null;
  const begin = () => {
    if (seen) return;
    seen = { centre: map.getCenter(), zoom: map.getZoom(), legend: legend.open };
    legend.open = true;
    box.classList.add("on-paper");
    fit();
  };
  const end = () => {
    if (!seen) return;
    box.classList.remove("on-paper");
    legend.open = seen.legend;
    map.invalidateSize();
    map.setView(seen.centre, seen.zoom, { animate: false });
    seen = null;
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  paper.addEventListener("change", () => (paper.matches ? begin() : end()));
}

function legendRoom() {
  return map.getSize().x > 700 && legend.open ? legend.offsetWidth + 10 : 10;
}

/** Leaflet's own controls speak English. */
function nameControls() {
  const words = [[".leaflet-control-zoom-in", "放大"], [".leaflet-control-zoom-out", "缩小"]];
  for (const [selector, word] of words) {
    const button = map.getContainer().querySelector(selector);
    button.title = word;
    button.setAttribute("aria-label", word);
  }
  map.getContainer().setAttribute("aria-label", "地图：方向键移动，加减键缩放；区县也可从右侧列表打开");
  map.getContainer().setAttribute("role", "application");
}
