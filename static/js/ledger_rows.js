// The rows that have been fetched, in blocks; those far from sight are forgotten again.

const BLOCK = 100;
const KEPT = 40;
const REST_MS = 60;

export class Rows {
  constructor(data, arrived) {
    this.data = data;
    this.arrived = arrived;
    this.blocks = new Map(); // block number → rows, the latest used last
    this.asked = new Set();
    this.timer = 0;
  }

  at(number) {
    return this.blocks.get(Math.floor(number / BLOCK))?.[number % BLOCK];
  }

  replace(number, row) {
    const block = this.blocks.get(Math.floor(number / BLOCK));
    if (block) block[number % BLOCK] = row;
  }

  /** Fetches what is missing once the scrolling rests, so that a long drag asks only at its end. */
  want(first, last) {
    const blocks = [];
    for (let n = Math.floor(first / BLOCK); n * BLOCK < last; n += 1) {
      const held = this.blocks.get(n);
      if (held) {
        this.blocks.delete(n);
        this.blocks.set(n, held);
      } else if (!this.asked.has(n)) {
        blocks.push(n);
      }
    }
    clearTimeout(this.timer);
    if (!blocks.length) return;
    const soon = this.blocks.size ? REST_MS : 0;
    this.timer = setTimeout(() => blocks.forEach((n) => this.fetch(n)), soon);
  }

  async fetch(block) {
    if (this.asked.has(block)) return;
    this.asked.add(block);
    const url = new URL(this.data.rows, location.href);
    url.search = location.search;
    url.searchParams.set("start", block * BLOCK);
    url.searchParams.set("count", BLOCK);
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(response.status);
      this.blocks.set(block, (await response.json()).rows);
    } catch {
      setTimeout(() => this.asked.delete(block), 2000);
      return;
    }
    this.asked.delete(block);
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= KEPT) break;
      this.blocks.delete(oldest);
    }
    this.arrived();
  }
}
