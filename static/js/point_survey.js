// One look over all points before they are drawn: which are in sight, how many lie in which cell of the
// ground, and a haze of them all. Pure: numbers in, numbers out.

const BITS = 6;
const CELL = 1 << BITS; // px of a heap's ground
const EDGE = 20; // px outside the canvas from which a symbol still reaches in
const DOT = 60; // opacity that a point adds to its pixel of the haze, of 255
const DARKEST = 170; // from which on it adds none

/** What is in sight on a ground, as PointPainter.paint takes it and the view. */
export class Survey {
  constructor({ x, y, count, origin, step }, { size, scale, corner }, { mask, strong, tone, colours }) {
    Object.assign(this, { x, y, count, size, mask, strong, tone, tones: colours.length });
    this.grain = step * scale;
    [this.across, this.down] = [origin[0] * scale - corner.x, origin[1] * scale - corner.y];
    // The cells hang on the world: dragging moves no heap.
    const [left, top] = [Math.floor((corner.x - EDGE) / CELL), Math.floor((corner.y - EDGE) / CELL)];
    [this.shiftX, this.shiftY] = [corner.x - left * CELL, corner.y - top * CELL];
    this.columns = Math.floor((corner.x + size.x + EDGE) / CELL) - left + 1;
    this.number = this.columns * (Math.floor((corner.y + size.y + EDGE) / CELL) - top + 1);
  }

  /** Counts those in sight: in all, the pale ones too, and by cell those that stand out, with the sums of their
   * positions, how many by tone, and one of them. Each is a dot in `haze`, an ImageData of `ratio` pixels for one.
   *
   * One loop over typed arrays, without calls: it runs cold, while somebody waits. As three it takes twice as long. */
  take(haze, ratio) {
    const { x, y, count, mask, strong, tone, tones, grain, across, down, shiftX, shiftY, columns, number } = this;
    const counts = new Uint32Array(number);
    const last = new Uint32Array(number);
    const sumX = new Float64Array(number);
    const sumY = new Float64Array(number);
    const shares = new Uint32Array(number * tones);
    const { data, width, height } = haze;
    const side = ratio < 1.5 ? 1 : 2;
    const [right, bottom, lastLeft, lastTop] = [this.size.x + EDGE, this.size.y + EDGE, width - side, height - side];
    let [seen, pale] = [0, 0];
    for (let n = 0; n < count; n += 1) {
      if (mask[n] === 0) continue;
      const px = x[n] * grain + across;
      const py = y[n] * grain + down;
      if (px < -EDGE || py < -EDGE || px > right || py > bottom) continue;
      seen += 1;
      const left = (px * ratio + 0.5) | 0;
      const top = (py * ratio + 0.5) | 0;
      if (px >= 0 && py >= 0 && left <= lastLeft && top <= lastTop) {
        const at = 4 * (top * width + left) + 3;
        if (data[at] < DARKEST) data[at] += DOT;
        if (side === 2) {
          const under = at + 4 * width;
          if (data[at + 4] < DARKEST) data[at + 4] += DOT;
          if (data[under] < DARKEST) data[under] += DOT;
          if (data[under + 4] < DARKEST) data[under + 4] += DOT;
        }
      }
      if (strong !== null && strong[n] === 0) {
        pale += 1;
        continue;
      }
      const cell = ((px + shiftX) >> BITS) + ((py + shiftY) >> BITS) * columns;
      counts[cell] += 1;
      last[cell] = n;
      sumX[cell] += px;
      sumY[cell] += py;
      shares[cell * tones + tone[n]] += 1;
    }
    Object.assign(this, { pale, standing: seen - pale, counts, last, sumX, sumY, shares });
  }

  /** The pixel of the canvas that a point lies on. */
  place(n) {
    return { x: this.x[n] * this.grain + this.across, y: this.y[n] * this.grain + this.down };
  }

  /** Points in sight that stand out, or the pale ones: `take` has counted them, so the search ends with the last. */
  list(standing) {
    const { x, y, count, size, mask, strong, grain, across, down } = this;
    const number = standing ? this.standing : this.pale;
    const found = [];
    for (let n = 0; n < count && found.length < number; n += 1) {
      if (mask[n] === 0 || (strong === null || strong[n] !== 0) !== standing) continue;
      const px = x[n] * grain + across;
      const py = y[n] * grain + down;
      if (px >= -EDGE && py >= -EDGE && px <= size.x + EDGE && py <= size.y + EDGE) found.push(n);
    }
    return found;
  }

  cellOf({ x, y }) {
    return ((x + this.shiftX) >> BITS) + ((y + this.shiftY) >> BITS) * this.columns;
  }
}
