// Draws projects on a canvas: symbols, heaps where there are too many, stacks that spread out. Knows no
// map: what it is told is which pixel of the world the canvas begins at, and how wide a pixel is.

import { heaps, spreadOut, stacks } from "./point_clusters.js";
import { Survey } from "./point_survey.js";
import { Stamps } from "./point_symbols.js";

const CROWD = 1200; // as many are drawn one by one
const PALE = 0.22;
const HAZE = 0x2e2614; // blue, green, red of the ink #14262e, as a pixel holds them
const NO_HAZE = { data: [], width: 0, height: 0 };
const INK = "#14262e";

export class PointPainter {
  constructor(points) {
    this.points = points;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.stamps = new Stamps(this.ratio);
    this.font = `600 12px ${getComputedStyle(document.body).fontFamily}`; // the page has it ready
  }

  /** Gives a canvas its size, in pixels of the page. */
  fit(canvas, { x, y }) {
    canvas.width = x * this.ratio;
    canvas.height = y * this.ratio;
    canvas.style.width = `${x}px`;
    canvas.style.height = `${y}px`;
  }

  /** Draws a view and tells what is where: { members, x, y, radius, heap } each.
   *
   * `ground`: the canvas's `size`, the pixel of the world that its `corner` is, and the `scale`: pixels of it
   * for one at zoom 0. `view`: `mask` is 1 for the points to be drawn; `strong` 1 for those that stand out, null
   * for all; `tone` the colour of each as a place in `colours`; `picked` the one that is chosen, or -1.
   * `spread`: the points of a stack that are drawn around it, or null. */
  paint(canvas, ground, view, spread = null) {
    for (const _ of this.strokes(canvas, ground, view, spread));
    return this.drawn;
  }

  /** The same in steps, between which the page may have its turn. */
  *strokes(canvas, ground, view, spread = null) {
    const context = canvas.getContext("2d");
    Object.assign(this, { context, ground, view, drawn: [] });
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, ground.size.x, ground.size.y);
    if (!view) return;
    const survey = (this.survey = new Survey(this.points, ground, view));
    survey.take(this.points.count > CROWD ? this.clearHaze() : NO_HAZE, this.ratio);
    const crowd = survey.standing > CROWD;
    if (crowd || survey.pale > CROWD) context.putImageData(this.haze, 0, 0);
    else this.drawStacks(survey.list(false), PALE);
    yield;
    if (crowd) this.drawHeaps(heaps(survey));
    else this.drawStacks(survey.list(true), 1);
    if (spread) this.drawSpread(spread);
    if (view.picked >= 0 && !spread?.includes(view.picked)) this.drawPicked(view.picked);
  }

  /** A picture of every point as a faint dot, still without one. Written pixel by pixel: 100,000 rectangles would
   * take ten times as long. */
  clearHaze() {
    const { width, height } = this.context.canvas;
    if (this.haze?.width !== width || this.haze.height !== height) this.haze = new ImageData(width, height);
    new Uint32Array(this.haze.data.buffer).fill(HAZE);
    return this.haze;
  }

  symbol(n, chosen = false) {
    const { stages, stage, unconfirmed, placings, placing } = this.points;
    return {
      shape: stages[stage[n]].shape,
      colour: this.view.colours[this.view.tone[n]],
      hollow: Boolean(unconfirmed[n]),
      dot: placings[placing[n]].exact,
      chosen,
    };
  }

  drawStacks(some, alpha) {
    const { context } = this;
    context.globalAlpha = alpha;
    for (const { members, x, y } of stacks(some, this.survey)) {
      this.stamps.put(context, x, y, this.symbol(members[0]));
      if (members.length > 1) this.drawBadge(x, y, members.length);
      this.drawn.push({ members, x, y, radius: 7, heap: false });
    }
    context.globalAlpha = 1;
  }

  /** How many lie on the same spot. */
  drawBadge(x, y, number) {
    const { context } = this;
    context.font = this.font;
    const text = String(number);
    const wide = context.measureText(text).width + 6;
    context.fillStyle = INK;
    context.beginPath();
    context.roundRect(x + 3, y - 13, wide, 12, 6);
    context.fill();
    context.fillStyle = "#fff";
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, x + 6, y - 6.5);
  }

  drawHeaps(found) {
    for (const heap of found) {
      if (heap.count === 1) {
        this.stamps.put(this.context, heap.x, heap.y, this.symbol(heap.one));
        this.drawn.push(Object.assign(heap, { radius: 7, heap: false }));
      } else {
        const radius = Math.min(9 + 2.4 * Math.log10(heap.count) ** 1.3, 20);
        this.drawHeap(heap, radius);
        this.drawn.push(Object.assign(heap, { radius, heap: true }));
      }
    }
  }

  /** A disc with its number, and a ring that says what is in it. */
  drawHeap({ count, x, y, shares }, radius) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius + 1, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    let angle = -Math.PI / 2;
    context.lineWidth = 3.2;
    for (let tone = 0; tone < shares.length; tone += 1) {
      if (!shares[tone]) continue;
      const end = angle + (shares[tone] / count) * 2 * Math.PI;
      context.beginPath();
      context.arc(x, y, radius - 1.2, angle, end);
      context.strokeStyle = this.view.colours[tone];
      context.stroke();
      angle = end;
    }
    context.fillStyle = INK;
    context.font = this.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(short(count), x, y + 0.5);
  }

  drawSpread(members) {
    const { context } = this;
    const [first] = members;
    const centre = this.survey.place(first);
    this.drawn = [];
    for (const { n, x, y } of spreadOut({ members, ...centre })) {
      context.beginPath();
      context.moveTo(centre.x, centre.y);
      context.lineTo(x, y);
      context.lineWidth = 1;
      context.strokeStyle = "rgba(20, 38, 46, 0.45)";
      context.stroke();
      this.stamps.put(context, x, y, this.symbol(n, n === this.view.picked));
      this.drawn.push({ members: [n], x, y, radius: 8, heap: false });
    }
  }

  /** The chosen one lies on top, whatever covers it. */
  drawPicked(n) {
    const { size } = this.ground;
    const { x, y } = this.survey.place(n);
    if (x < 0 || y < 0 || x > size.x || y > size.y) return;
    this.stamps.put(this.context, x, y, this.symbol(n, true));
    this.drawn.push({ members: [n], x, y, radius: 9, heap: false });
  }
}

/** 860, 1.2万: a number with room for three signs. */
function short(number) {
  if (number < 10000) return String(number);
  return `${(number / 10000).toFixed(number < 99500 ? 1 : 0)}万`;
}
