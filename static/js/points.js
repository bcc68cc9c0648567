// All projects on the map, column by column: 100,000 of them are read in a few milliseconds.

import { readColumns } from "./columns.js";
import { worldPlace } from "./map_ground.js";

/** The projects of an answer of /map/points. */
export function readPoints(buffer) {
  const { head, columns } = readColumns(buffer);
  return new Points(head, columns);
}

export class Points {
  /** x and y count pixels of the world at zoom 0, in steps from the origin; the other columns count in the words
   * of the head. */
  constructor(head, columns) {
    Object.assign(this, columns, {
      revision: head.revision,
      count: head.count,
      first: head.first,
      origin: head.origin,
      step: head.step,
      epoch: head.epoch,
      stems: head.stems,
      chains: head.chains,
      stages: head.stages,
      counties: head.counties,
      zones: head.zones,
      placings: head.placings,
      linkNames: head.linkNames,
    });
  }

  /** The numbers of the codes; worked out when one is first asked for. */
  get numbers() {
    return (this.counted ??= counted(this.number, this.first));
  }

  /** Where each project's links begin, and where the last one's end. */
  get starts() {
    return (this.started ??= started(this.links));
  }

  /** The project code of a point. */
  code(n) {
    const [stem, width] = this.stems[this.stem[n]];
    return Number(width) ? stem + String(this.numbers[n]).padStart(width, "0") : stem;
  }

  /** The point of a project code, -1 where it is not on the map. */
  find(code) {
    const digits = code.match(/[0-9]{0,9}$/)[0];
    const stem = code.slice(0, code.length - digits.length);
    const which = this.stems.findIndex(([word, width]) => word === stem && Number(width) === digits.length);
    for (let n = 0; which >= 0 && n < this.count; n += 1) {
      if (this.stem[n] === which && this.numbers[n] === Number(digits)) return n;
    }
    return -1;
  }

  /** The names of the links that a project stands on. */
  linksOf(n) {
    return Array.from(this.link.subarray(this.starts[n], this.starts[n + 1]), (k) => this.linkNames[k]);
  }

  /** Latitude and longitude, as Leaflet wants them. */
  latLng(n) {
    return worldPlace({ x: this.origin[0] + this.x[n] * this.step, y: this.origin[1] + this.y[n] * this.step });
  }
}

/** Differences to the value before, in zigzag, as the values themselves. */
function counted(steps, first) {
  const values = new Float64Array(steps.length);
  let now = first;
  for (let n = 0; n < steps.length; n += 1) {
    now += steps[n] % 2 ? -(steps[n] + 1) / 2 : steps[n] / 2;
    values[n] = now;
  }
  return values;
}

function started(counts) {
  const starts = new Uint32Array(counts.length + 1);
  for (let n = 0; n < counts.length; n += 1) starts[n + 1] = starts[n] + counts[n];
  return starts;
}
