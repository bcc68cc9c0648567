// All projects of the page, asked for before anything else.

import { loadPoints } from "./points.js";

const ahead = document.querySelector("link[rel=preload][as=fetch]");

/** The projects of a page that has a map of them, else null. */
export const reading = ahead ? loadPoints(ahead.href) : Promise.resolve(null);
reading.catch(() => {}); // whoever awaits it says so
