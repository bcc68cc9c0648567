// Leaflet and its controls. They come after the first picture: to read them takes as long as to draw it.

import { data } from "./page_data.js";
import { pictured } from "./first_picture.js";
import { painted } from "./turns.js";

await pictured;
await painted();
for (const url of data.libraries) await load(url);

export default window.L;

function load(url) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: url, onload: done, onerror: () => failed(new Error(url)) });
    document.head.append(script);
  });
}
