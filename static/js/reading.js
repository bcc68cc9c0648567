// All projects of the page, which its head asked for before anything else (map_tabs.html).

import { readPoints } from "./points.js";

const { pointsAhead } = window;

/** The projects of a page that has a map of them, else null. */
export const reading = pointsAhead ? pointsAhead.then(readPoints) : Promise.resolve(null);
reading.catch(() => {}); // whoever awaits it says so
