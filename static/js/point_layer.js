// The projects as a layer of a Leaflet map.

import L from "./leaflet.js";
import { PointPainter } from "./point_painter.js";
import { pause } from "./turns.js";

/** A layer for Leaflet. `show` takes what is to be seen; `at` tells what lies under a pixel. */
export const PointLayer = L.Renderer.extend({
  options: { padding: 0.25, pane: "overlayPane" },

  initialize(points, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._points = points;
    this._painter = new PointPainter(points);
    this._view = null;
    this._drawn = [];
    this._spread = null;
    this._turn = 0;
  },

  /** What is to be drawn, as PointPainter.paint takes it. */
  show(view) {
    this._view = view;
    if (this._map) this._draw();
  },

  /** The same for the first time: drawn cold, it takes as long as the page may be held up, so in steps. What
   * is drawn in between, because the map was moved, stands. */
  async appear(view) {
    this._view = view;
    const turn = this._turn;
    for (const _ of this._painter.strokes(this._container, this._ground(), view)) {
      await pause();
      if (turn !== this._turn) return;
    }
    this._drawn = this._painter.drawn;
    this.fire("drawn");
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
    const { x, y, step } = this._points;
    const scale = (this._map.options.crs.scale(this._map.getMaxZoom()) / 256) * step;
    const [first] = members;
    return members.every((n) => Math.abs(x[n] - x[first]) * scale < 12 && Math.abs(y[n] - y[first]) * scale < 12);
  },

  boundsOf(members) {
    return L.latLngBounds(Array.from(members, (n) => this._points.latLng(n)));
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = "leaflet-layer point-canvas";
    this._print = ({ type }) => {
      this._onPaper = type === "beforeprint";
      this._draw();
    };
    for (const moment of ["beforeprint", "afterprint"]) window.addEventListener(moment, this._print);
  },

  /** Chromium prints a canvas as the strokes since it was last cleared, the clearing included, which
   * wipes the counties below off the paper. Strokes that follow a picture taken are no whole. */
  _flush() {
    const context = this._container.getContext("2d");
    context.getImageData(0, 0, 1, 1);
    context.fillStyle = "transparent";
    context.fillRect(0, 0, 1, 1);
  },

  _destroyContainer() {
    for (const moment of ["beforeprint", "afterprint"]) window.removeEventListener(moment, this._print);
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    if (this._zoom !== undefined && this._zoom !== this._map.getZoom()) this._spread = null;
    L.Renderer.prototype._update.call(this);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._painter.fit(this._container, this._bounds.getSize());
    this._draw();
  },

  /** Where the canvas lies, as PointPainter.paint takes it. */
  _ground() {
    return {
      size: this._bounds.getSize(),
      corner: this._map.getPixelOrigin().add(this._bounds.min),
      scale: this._map.options.crs.scale(this._zoom) / 256,
    };
  },

  _draw() {
    this._turn += 1;
    this._drawn = this._painter.paint(this._container, this._ground(), this._view, this._spread);
    if (this._onPaper) this._flush();
    this.fire("drawn");
  },
});
