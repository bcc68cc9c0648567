// Leaflet, its controls and Folium's script, on pages that do not have them in their head. They come after the
// first picture: to read them takes as long as to draw it.

import { pictured } from "./first_picture.js";
import { data } from "./page_data.js";
import { shown } from "./turns.js";

await pictured;
await shown();
try {
  await Promise.all(data.libraries.map(load));
} catch (error) {
  const status = document.getElementById("map-status");
  if (status) status.textContent = "地图程序没有读到，请刷新本页。";
  throw error;
}

export default window.L;

/** They are asked for at once and read in their order. */
function load(url) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: url, async: false, onload: done, onerror: () => failed(new Error(url)) });
    document.head.append(script);
  });
}
