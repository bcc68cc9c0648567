// Two maps of the same counties: what moves one moves the other.

import "../liantu.js";
import { frame } from "../map_frame.js";
import { putNames } from "../map_names.js";
import { data } from "../page_data.js";

const maps = data.maps.map((names, n) => {
  const map = window[names.map];
  const counties = window[names.counties];
  const label = ["本期的地图", "对比期的地图"][n];
  frame(map, () => counties.getBounds(), { label });
  putNames(map, data.counties.map(({ at, name, texts }) => ({ at, name, text: texts[n] })));
  return map;
});

let moving = false;
maps.forEach((map, n) => {
  const other = maps[1 - n];
  map.on("move zoom", () => {
    if (moving) return;
    moving = true;
    other.setView(map.getCenter(), map.getZoom(), { animate: false });
    moving = false;
  });
});
