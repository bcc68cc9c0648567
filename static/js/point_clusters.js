// Points gathered for drawing: in heaps where there are too many to tell apart, in stacks where some
// lie on the same spot. Pure: numbers in, numbers out.

const APART = 46; // px that two heaps keep from one another
const SAME = 3; // px within which symbols cover one another

/** Heaps of the points that stand out in a survey: how many, their centre, how many by tone, one of them, and
 * `members`, all of them. */
export function heaps(survey) {
  const { counts, last, sumX, sumY, shares, tones } = survey;
  const found = [];
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell];
    if (count === 0) continue;
    const centre = { x: sumX[cell] / count, y: sumY[cell] / count };
    found.push(new Heap(survey, cell, count, centre, last[cell], shares.subarray(cell * tones, (cell + 1) * tones)));
  }
  return parted(found);
}

class Heap {
  constructor(survey, cell, count, { x, y }, one, shares) {
    Object.assign(this, { survey, own: [cell], count, x, y, one, shares });
  }

  get members() {
    return (this.found ??= this.gathered());
  }

  gathered() {
    const own = new Set(this.own);
    return this.survey.list(true).filter((n) => own.has(this.survey.cellOf(this.survey.place(n))));
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

/** Some of the points of a survey, those on the same spot together: members and position, in the order in which
 * they come. */
export function stacks(some, survey) {
  const cells = new Map();
  const found = [];
  for (const n of some) {
    const { x, y } = survey.place(n);
    const key = `${Math.round(x / SAME)} ${Math.round(y / SAME)}`;
    const stack = cells.get(key);
    if (stack) stack.members.push(n);
    else {
      const made = { members: [n], x, y };
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
