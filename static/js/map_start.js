// Drawing Folium's map without holding the page up.

import "./leaflet.js";
import { pause } from "./turns.js";

const TURN = 12; // ms of drawing after which the page gets its turn

/** The Leaflet map and its layers by name. `fit` is called with the map before any layer is on it, and must
 * say what it shows: so each is drawn once. */
export async function startMap(fit) {
  const steps = window.foliumSteps();
  fit(steps.next().value);
  let step = {};
  while (!step.done) {
    await pause();
    const began = performance.now();
    while (!step.done && performance.now() - began < TURN) step = steps.next();
  }
  await pause();
  return step.value;
}
