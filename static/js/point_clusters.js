// Points gathered for drawing: in heaps where there are too many to tell apart, in stacks where some
// lie on the same spot. Pure: numbers in, numbers out.

const CELL = 64; // px of a heap's ground
const APART = 46; // px that two heaps keep from one another
const SAME = 3; // px within which symbols cover one another

/** Heaps of points (indices `seen`, pixel positions `px`, `py` from 0 to `size`, and `edge` more on every side):
 * how many, their centre, how many by tone, one of them, and `members`, all of them, for as long as `seen` stays.
 * The cells hang on the world (`shift` is the canvas's corner in pixels of it): dragging moves no heap. */
export function heaps(seen, px, py, { tone, tones, shift, size, edge }) {
  const left = Math.floor((shift.x - edge) / CELL);
  const top = Math.floor((shift.y - edge) / CELL);
  const columns = Math.floor((shift.x + size.x + edge) / CELL) - left + 1;
  const number = columns * (Math.floor((shift.y + size.y + edge) / CELL) - top + 1);
  const cells = new Uint32Array(seen.length);
  const counts = new Uint32Array(number);
  const last = new Uint32Array(number);
  const x = new Float64Array(number);
  const y = new Float64Array(number);
  const shares = new Uint32Array(number * tones);
  for (let k = 0; k < seen.length; k += 1) {
    const n = seen[k];
    const column = Math.floor((px[n] + shift.x) / CELL) - left;
    const cell = (Math.floor((py[n] + shift.y) / CELL) - top) * columns + column;
    cells[k] = cell;
    counts[cell] += 1;
    last[cell] = n;
    x[cell] += px[n];
    y[cell] += py[n];
    shares[cell * tones + tone[n]] += 1;
  }
  const found = [];
  for (let cell = 0; cell < number; cell += 1) {
    if (counts[cell] === 0) continue;
    const count = counts[cell];
    const centre = { x: x[cell] / count, y: y[cell] / count };
    found.push(new Heap(seen, cells, cell, count, centre, last[cell], shares.subarray(cell * tones, (cell + 1) * tones)));
  }
  return parted(found);
}

class Heap {
  constructor(seen, cells, cell, count, { x, y }, one, shares) {
    Object.assign(this, { seen, cells, own: [cell], count, x, y, one, shares });
  }

  get members() {
    return (this.found ??= this.seen.filter((_, k) => this.own.includes(this.cells[k])));
  }

  /** Takes another in, and lies where both did. */
  swallow(other) {
    const sum = this.count + other.count;
    this.x = (this.x * this.count + other.x * other.count) / sum;
    this.y = (this.y * this.count + other.y * other.count) / sum;
    this.count = sum;
    this.own.push(...other.own);
    for (let tone = 0; tone < this.shares.length; tone += 1) this.shares[tone] += other.shares[tone];
  }
}

/** Neighbours whose centres met across the border of their cells become one heap, the larger first. */
function parted(cells) {
  const kept = [];
  for (const cell of cells.sort((a, b) => b.count - a.count)) {
    const near = kept.find((other) => Math.hypot(other.x - cell.x, other.y - cell.y) < APART);
    if (near) near.swallow(cell);
    else kept.push(cell);
  }
  return kept;
}

/** Points on the same spot together: members and position, in the order in which they come. */
export function stacks(seen, px, py) {
  const cells = new Map();
  const found = [];
  for (const n of seen) {
    const key = `${Math.round(px[n] / SAME)} ${Math.round(py[n] / SAME)}`;
    const stack = cells.get(key);
    if (stack) stack.members.push(n);
    else {
      const made = { members: [n], x: px[n], y: py[n] };
      cells.set(key, made);
      found.push(made);
    }
  }
  return found;
}

/** Places around a spot for its members, on a spiral that leaves each of them room. */
export function spreadOut({ members, x, y }) {
  const room = 17;
  return members.map((n, k) => {
    const radius = room * Math.sqrt(k + 1.6);
    const angle = k * 2.399963; // golden angle
    return { n, x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
}
