// The map's legend, which stands on the map's left.

const OPEN = 760; // px of map, below which an open legend would cover counties
const BESIDE = 700; // px of map, below which it may cover them, where somebody opened it

export const legend = document.querySelector(".map-legend");

/** Folds the legend where a map as wide has no room for both. */
export function foldLegend(width, least = OPEN) {
  if (legend && width < least) legend.open = false;
}

/** Pixels that the legend takes of a map's width. */
export function legendRoom(width, least = BESIDE) {
  return width > least && legend?.open ? legend.offsetWidth : 0;
}
