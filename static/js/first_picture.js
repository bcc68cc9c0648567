// The projects, drawn where the map will show them before there is a map: people look at them while Leaflet
// and the counties are still read.

import { fitted } from "./map_ground.js";
import { foldLegend, legendRoom } from "./map_legend.js";
import { readState } from "./map_state.js";
import { data } from "./page_data.js";
import { PointPainter } from "./point_painter.js";
import { viewOf } from "./point_view.js";
import { reading } from "./reading.js";
import { pause, soon } from "./turns.js";

const PATIENCE = 250; // ms after which the map does not wait for the projects any longer

let canvas = null;
let over = false;

/** Settles once the picture is drawn, or will not be. */
export const pictured = Promise.race([reading.then(draw, () => {}), pause(PATIENCE)]);

/** Takes the picture away: the map shows the projects itself. */
export function endPicture() {
  if (!over && !canvas?.isConnected) performance.mark("projects-drawn");
  over = true;
  canvas?.remove();
}

async function draw(points) {
  if (!points) return;
  await soon(); // to read, to lay the page out and to draw in one go would hold it up
  const box = document.querySelector(".folium-map");
  const size = { x: box.clientWidth, y: box.clientHeight };
  await soon();
  if (over) return;
  foldLegend(size.x);
  const painter = new PointPainter(points);
  canvas = document.createElement("canvas");
  canvas.className = "first-picture";
  canvas.ariaHidden = "true";
  painter.fit(canvas, size);
  const room = { padding: data.padding, left: legendRoom(size.x) };
  const ground = fitted(data.bounds, size, room, data.zooms);
  for (const _ of painter.strokes(canvas, ground, viewOf(points, data, readState()))) await soon();
  if (over) return;
  box.after(canvas);
  performance.mark("projects-drawn");
}
