// Reads the projects, column by column, and draws them on the map's one canvas.

import { Symbol } from "./map_symbol.js";

const MICRO = 100000;
const EXACT = new Set(["site", "township"]);

/** The projects of an answer of /map/points, one object each. */
export async function loadProjects(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  const data = await response.json();
  return data.code.map((code, n) => ({
    code,
    name: data.name[n],
    enterprise: data.enterprise[n],
    lon: data.lon[n] / MICRO,
    lat: data.lat[n] / MICRO,
    chain: data.chains[data.chain[n]].name,
    colour: data.chains[data.chain[n]].colour,
    stage: data.stages[data.stage[n]].name,
    shape: data.stages[data.stage[n]].shape,
    county: data.counties[data.county[n]],
    zone: data.zones[data.zone[n]],
    placing: data.placings[data.placing[n]],
    unconfirmed: Boolean(data.unconfirmed[n]),
  }));
}

/** Puts the projects into a layer group; `open` is called with the one that is clicked. */
export function drawProjects(list, group, open) {
  const symbols = list.map((project) => {
    const symbol = new Symbol([project.lat, project.lon], {
      colour: project.colour,
      shape: project.shape,
      hollow: project.unconfirmed,
      dot: EXACT.has(project.placing.id),
      project,
    });
    symbol.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      open(project);
    });
    return symbol.addTo(group);
  });
  group.bindTooltip((layer) => describe(layer.options.project), { direction: "top", opacity: 1 });
  return {
    list,
    show(place, code) {
      for (const symbol of symbols) {
        const { project } = symbol.options;
        const inside = !place || project.county === place || project.zone === place;
        symbol.emphasise(project.code === code, inside || project.code === code);
      }
    },
  };
}

/** The tooltip of a project, built of text nodes: nothing from the ledger is parsed as HTML. */
function describe(project) {
  const box = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = project.name;
  const stage = project.unconfirmed ? `${project.stage}·待核实` : project.stage;
  const facts = document.createElement("div");
  facts.textContent = [project.chain, stage, `位置精度:${project.placing.label}`].join(" · ");
  box.append(name, facts);
  return box;
}
