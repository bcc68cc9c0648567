// What of the projects is to be seen: what a selection means, in which colours.

import { chosen, inside } from "./point_filter.js";

/** The view, as PointPainter.paint takes it, of a state of the page. `by`: chain, stage or overdue; the last
 * counts in `overdue`. `until`: only what had been signed by the end of a month. `marked`: 1 for the points
 * that stand out for another view's sake, else those in the place do. */
export function viewOf(points, data, now, { by = "chain", overdue = null, until = null, marked = null } = {}) {
  return {
    mask: chosen(points, { ...now, until }),
    strong: marked ?? inside(points, now.place),
    picked: now.project ? points.find(now.project) : -1,
    ...tones(points, data, by, overdue),
  };
}

function tones({ stage, stages, chain, chains }, data, by, overdue) {
  if (by === "overdue") return { tone: overdue, colours: data.overdueColours };
  if (by === "stage") return { tone: stage, colours: stages.map(({ colour }) => colour) };
  return { tone: chain, colours: chains.map(({ colour }) => colour) };
}
