// The map's legend, which stands on the map's left.

const ROOM = 760; // px of map, below which an open legend would cover counties

export const legend = document.querySelector(".map-legend");

/** Folds the legend where a map as wide has no room for both. */
export function foldLegend(width) {
  if (legend && width < ROOM) legend.open = false;
}

/** Pixels that the legend takes of a map's width. */
export function legendRoom(width) {
  return width > 700 && legend?.open ? legend.offsetWidth : 0;
}
