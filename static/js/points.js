// All projects on the map, column by column: 100,000 of them are read in a few milliseconds.

import { fetchColumns } from "./columns.js";

const WORLD = 256; // px that the world is wide at zoom 0 (EPSG:3857)

/** The projects of an answer of /map/points. */
export async function loadPoints(url) {
  const { head, columns } = await fetchColumns(url);
  return new Points(head, columns);
}

export class Points {
  /** x and y are pixels of the world at zoom 0; the other columns count in the words of the head. */
  constructor(head, columns) {
    Object.assign(this, columns, {
      revision: head.revision,
      count: columns.lon.length,
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
    this.numbers = counted(columns.number);
    this.starts = started(columns.links);
    [this.x, this.y] = projected(this);
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
    return [this.origin[1] + this.lat[n] * this.step, this.origin[0] + this.lon[n] * this.step];
  }
}

/** Differences to the value before, in zigzag, as the values themselves. */
function counted(steps) {
  const values = new Float64Array(steps.length);
  let now = 0;
  for (let n = 0; n < steps.length; n += 1) {
    now += steps[n] % 2 ? -(steps[n] + 1) / 2 : steps[n] / 2;
    values[n] = now;
  }
  return values;
}

/** Where each project's links begin; one more than there are projects. */
function started(counts) {
  const starts = new Uint32Array(counts.length + 1);
  for (let n = 0; n < counts.length; n += 1) starts[n + 1] = starts[n] + counts[n];
  return starts;
}

function projected({ lon, lat, origin, step, count }) {
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  for (let n = 0; n < count; n += 1) {
    const sine = Math.sin(((origin[1] + lat[n] * step) * Math.PI) / 180);
    x[n] = ((origin[0] + lon[n] * step + 180) / 360) * WORLD;
    y[n] = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
  }
  return [x, y];
}
