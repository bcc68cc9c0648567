// Points gathered for drawing: in heaps where there are too many to tell apart, in stacks where some
// lie on the same spot. Pure: numbers in, numbers out.

const CELL = 64; // px of a heap's ground
const APART = 46; // px that two heaps keep from one another
const SAME = 3; // px within which symbols cover one another

/** Heaps of points (indices `seen`, pixel positions `px`, `py`): members, centre, share by tone.
 * The cells hang on the world (`shift` is its corner in pixels), so that dragging moves no heap. */
export function heaps(seen, px, py, tone, tones, shift) {
  const cells = new Map();
  for (let k = 0; k < seen.length; k += 1) {
    const n = seen[k];
    const column = Math.floor((px[n] + shift.x) / CELL);
    const row = Math.floor((py[n] + shift.y) / CELL);
    const key = column * 65536 + row;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { members: [], x: 0, y: 0, shares: new Uint32Array(tones) }));
    cell.members.push(n);
    cell.x += px[n];
    cell.y += py[n];
    cell.shares[tone[n]] += 1;
  }
  return parted([...cells.values()].map(centred));
}

function centred(cell) {
  return { ...cell, x: cell.x / cell.members.length, y: cell.y / cell.members.length };
}

/** Neighbours whose centres met across the border of their cells become one heap, the larger first. */
function parted(cells) {
  const kept = [];
  for (const cell of cells.sort((a, b) => b.members.length - a.members.length)) {
    const near = kept.find((other) => Math.hypot(other.x - cell.x, other.y - cell.y) < APART);
    if (!near) {
      kept.push(cell);
      continue;
    }
    const sum = near.members.length + cell.members.length;
    near.x = (near.x * near.members.length + cell.x * cell.members.length) / sum;
    near.y = (near.y * near.members.length + cell.y * cell.members.length) / sum;
    near.members = near.members.concat(cell.members);
    for (let tone = 0; tone < cell.shares.length; tone += 1) near.shares[tone] += cell.shares[tone];
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
