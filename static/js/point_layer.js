// The projects on one canvas: symbols, heaps where there are too many, stacks that spread out.

import { heaps, spreadOut, stacks } from "./point_clusters.js";
import { Stamps } from "./point_symbols.js";

const CROWD = 1200; // as many are drawn one by one
const PALE = 0.22;
const DOT = 70; // opacity of a point's dot, of 255
const DARKEST = 170;
const DOT_COLOUR = 0x2e2614; // blue, green, red of the ink #14262e, as a pixel holds them
const INK = "#14262e";
const FONT = "system-ui, sans-serif";

/** A layer for Leaflet. `show` takes what is to be seen; `at` tells what lies under a pixel. */
export const PointLayer = L.Renderer.extend({
  options: { padding: 0.25, pane: "overlayPane" },

  initialize(points, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._points = points;
    this._view = null;
    this._drawn = [];
    this._spread = null;
    this._ratio = Math.min(window.devicePixelRatio || 1, 2);
    this._stamps = new Stamps(this._ratio);
  },

  /** `mask`: 1 for the points to be drawn; `strong`: 1 for those that stand out, null for all;
   * `tone`: the colour of each as a place in `colours`; `picked`: the one that is chosen, or -1. */
  show(view) {
    this._view = view;
    if (this._map) this._draw();
  },

  /** What is drawn at a point of the map's container: { members, x, y, heap } or null. */
  at({ x, y }) {
    const place = this._map.containerPointToLayerPoint([x, y]).subtract(this._bounds.min);
    let best = null;
    let nearest = Infinity;
    for (const item of this._drawn) {
      const far = Math.hypot(item.x - place.x, item.y - place.y);
      if (far <= item.radius + 2 && far <= nearest) [best, nearest] = [item, far];
    }
    return best;
  },

  /** Spreads the points of a stack out around it; without one, puts them together again. */
  spread(stack) {
    const members = stack?.members ?? null;
    if (!members && !this._spread) return;
    this._spread = members;
    this._draw();
  },

  /** What names on the map should not cover: positions and radii of what is drawn. */
  obstacles() {
    const { min } = this._bounds;
    return this._drawn.map(({ x, y, radius }) => ({ x: x + min.x, y: y + min.y, radius }));
  },

  /** Whether the points lie so close that no zoom of this map parts them. */
  isOneSpot(members) {
    const scale = this._map.options.crs.scale(this._map.getMaxZoom()) / 256;
    const { x, y } = this._points;
    const [first] = members;
    return members.every((n) => Math.abs(x[n] - x[first]) * scale < 12 && Math.abs(y[n] - y[first]) * scale < 12);
  },

  boundsOf(members) {
    return L.latLngBounds(members.map((n) => this._points.latLng(n)));
  },

  _initContainer() {
    const canvas = document.createElement("canvas");
    canvas.className = "leaflet-layer point-canvas";
    this._container = canvas;
    this._context = canvas.getContext("2d");
    this._print = ({ type }) => {
      this._onPaper = type === "beforeprint";
      this._draw();
    };
    for (const moment of ["beforeprint", "afterprint"]) window.addEventListener(moment, this._print);
  },

  /** Chromium prints a canvas as the strokes since it was last cleared, the clearing included, which
   * wipes the counties below off the paper. Strokes that follow a picture taken are no whole. */
  _flush() {
    this._context.getImageData(0, 0, 1, 1);
    this._context.fillStyle = "transparent";
    this._context.fillRect(0, 0, 1, 1);
  },

  _destroyContainer() {
    for (const moment of ["beforeprint", "afterprint"]) window.removeEventListener(moment, this._print);
    this._container.remove();
    delete this._container;
    delete this._context;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    if (this._zoom !== undefined && this._zoom !== this._map.getZoom()) this._spread = null;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, min);
    canvas.width = size.x * this._ratio;
    canvas.height = size.y * this._ratio;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this._draw();
  },

  _draw() {
    const context = this._context;
    const size = this._bounds.getSize();
    context.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    this._drawn = [];
    if (!this._view) return;
    const seen = this._seen(size);
    if (seen.strong.length > CROWD) this._drawHeaps(seen.strong, seen.pale);
    else this._drawSymbols(seen.strong, seen.pale);
    this._drawSpread();
    this._drawPicked(size);
    if (this._onPaper) this._flush();
    this.fire("drawn");
  },

  /** Points inside the canvas, those that stand out and the others, as indices. */
  _seen(size) {
    const { mask, strong } = this._view;
    const { count } = this._points;
    const found = { strong: [], pale: [] };
    const { px, py } = this._pixels();
    for (let n = 0; n < count; n += 1) {
      if (!mask[n] || px[n] < -20 || py[n] < -20 || px[n] > size.x + 20 || py[n] > size.y + 20) continue;
      if (!strong || strong[n]) found.strong.push(n);
      else found.pale.push(n);
    }
    return found;
  },

  /** Pixel positions on the canvas of all points at this zoom. */
  _pixels() {
    const { x, y, count } = this._points;
    const scale = this._map.options.crs.scale(this._zoom) / 256;
    const corner = this._map.getPixelOrigin().add(this._bounds.min);
    this._corner = corner;
    this._px ??= new Float32Array(count);
    this._py ??= new Float32Array(count);
    for (let n = 0; n < count; n += 1) {
      this._px[n] = x[n] * scale - corner.x;
      this._py[n] = y[n] * scale - corner.y;
    }
    return { px: this._px, py: this._py };
  },

  _symbol(n, chosen = false) {
    const { stages, stage, unconfirmed, placings, placing } = this._points;
    return {
      shape: stages[stage[n]].shape,
      colour: this._view.colours[this._view.tone[n]],
      hollow: Boolean(unconfirmed[n]),
      dot: placings[placing[n]].exact,
      chosen,
    };
  },

  _drawSymbols(strong, pale) {
    if (pale.length > CROWD) this._drawDots(pale);
    else this._drawStacks(pale, PALE);
    this._drawStacks(strong, 1);
  },

  _drawStacks(some, alpha) {
    const context = this._context;
    context.globalAlpha = alpha;
    for (const { members, x, y } of stacks(some, this._px, this._py)) {
      this._stamps.put(context, x, y, this._symbol(members[0]));
      if (members.length > 1) this._drawBadge(x, y, members.length);
      this._drawn.push({ members, x, y, radius: 7, heap: false });
    }
    context.globalAlpha = 1;
  },

  /** How many lie on the same spot. */
  _drawBadge(x, y, number) {
    const context = this._context;
    context.font = `600 10px ${FONT}`;
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
  },

  _drawHeaps(strong, pale) {
    const { tone, colours } = this._view;
    this._drawDots(pale.concat(strong));
    for (const heap of heaps(strong, this._px, this._py, tone, colours.length, this._corner)) {
      if (heap.members.length === 1) {
        this._stamps.put(this._context, heap.x, heap.y, this._symbol(heap.members[0]));
        this._drawn.push({ ...heap, radius: 7, heap: false });
      } else {
        const radius = Math.min(9 + 2.4 * Math.log10(heap.members.length) ** 1.3, 20);
        this._drawHeap(heap, radius);
        this._drawn.push({ ...heap, radius, heap: true });
      }
    }
  },

  /** A disc with its number, and a ring that says what is in it. */
  _drawHeap({ members, x, y, shares }, radius) {
    const context = this._context;
    context.beginPath();
    context.arc(x, y, radius + 1, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    let angle = -Math.PI / 2;
    context.lineWidth = 3.2;
    for (let tone = 0; tone < shares.length; tone += 1) {
      if (!shares[tone]) continue;
      const end = angle + (shares[tone] / members.length) * 2 * Math.PI;
      context.beginPath();
      context.arc(x, y, radius - 1.2, angle, end);
      context.strokeStyle = this._view.colours[tone];
      context.stroke();
      angle = end;
    }
    context.fillStyle = INK;
    context.font = `600 ${radius > 15 ? 11.5 : 10.5}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(short(members.length), x, y + 0.5);
  },

  /** Every point as a faint dot, darker where several meet: where they lie, however many. Written
   * pixel by pixel: 100,000 rectangles would take ten times as long. */
  _drawDots(some) {
    const { width, height } = this._container;
    if (this._haze?.width !== width || this._haze.height !== height) this._haze = new ImageData(width, height);
    const pixels = new Uint32Array(this._haze.data.buffer);
    pixels.fill(0);
    const side = Math.round(this._ratio);
    for (let k = 0; k < some.length; k += 1) {
      const left = Math.round(this._px[some[k]] * this._ratio);
      const top = Math.round(this._py[some[k]] * this._ratio);
      for (let dy = 0; dy < side; dy += 1) {
        for (let dx = 0; dx < side; dx += 1) {
          const [x, y] = [left + dx, top + dy];
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          const alpha = Math.min((pixels[y * width + x] >>> 24) + DOT, DARKEST);
          pixels[y * width + x] = ((alpha << 24) | DOT_COLOUR) >>> 0;
        }
      }
    }
    this._context.putImageData(this._haze, 0, 0);
  },

  _drawSpread() {
    if (!this._spread) return;
    const [first] = this._spread;
    const centre = { x: this._px[first], y: this._py[first] };
    const context = this._context;
    this._drawn = [];
    for (const { n, x, y } of spreadOut({ members: this._spread, ...centre })) {
      context.beginPath();
      context.moveTo(centre.x, centre.y);
      context.lineTo(x, y);
      context.lineWidth = 1;
      context.strokeStyle = "rgba(20, 38, 46, 0.45)";
      context.stroke();
      this._stamps.put(context, x, y, this._symbol(n, n === this._view.picked));
      this._drawn.push({ members: [n], x, y, radius: 8, heap: false });
    }
  },

  /** The chosen one lies on top, whatever covers it. */
  _drawPicked(size) {
    const n = this._view.picked;
    if (n < 0 || this._spread?.includes(n)) return;
    const [x, y] = [this._px[n], this._py[n]];
    if (x < 0 || y < 0 || x > size.x || y > size.y) return;
    this._stamps.put(this._context, x, y, this._symbol(n, true));
    this._drawn.push({ members: [n], x, y, radius: 9, heap: false });
  },
});

/** 860, 1.2万: a number with room for three signs. */
function short(number) {
  if (number < 10000) return String(number);
  return `${(number / 10000).toFixed(number < 100000 ? 1 : 0)}万`;
}
