// A project's symbol: shape by stage, colour by chain, hollow while 待核实, a dot where the site is
// known. A circle marker that draws itself differently on Leaflet's canvas.

const SIZE = 5.5;

export const Symbol = L.CircleMarker.extend({
  options: { radius: SIZE, weight: 1.5, fillOpacity: 1 },

  initialize(latlng, options) {
    L.CircleMarker.prototype.initialize.call(this, latlng, options);
    this._dress(false, true);
  },

  /** The chosen one stands out, and what lies outside the chosen place steps back. */
  emphasise(chosen, inside) {
    this._dress(chosen, inside);
    this.setRadius(chosen ? SIZE + 3 : SIZE);
    if (chosen) this.bringToFront();
  },

  _dress(chosen, inside) {
    const { colour, hollow, shape } = this.options;
    const cross = shape === "cross";
    L.setOptions(this, {
      fill: !cross,
      fillColor: hollow ? "#fff" : colour,
      color: chosen ? "#14262e" : hollow || cross ? colour : "#fff",
      weight: chosen ? 3 : cross ? 2.4 : hollow ? 2 : 1.3,
      opacity: inside ? 1 : 0.3,
      fillOpacity: inside ? 1 : 0.25,
    });
  },

  _updatePath() {
    this._renderer._updateSymbol(this);
  },
});

L.Canvas.include({
  _updateSymbol(layer) {
    if (!this._drawing || layer._empty()) return;
    const { x, y } = layer._point;
    const context = this._ctx;
    context.beginPath();
    trace(context, layer.options.shape, x, y, layer._radius);
    this._fillStroke(context, layer);
    if (layer.options.dot) {
      context.beginPath();
      context.arc(x, y, 1.8, 0, 2 * Math.PI);
      context.fillStyle = layer.options.hollow ? layer.options.colour : "#fff";
      context.fill();
    }
  },
});

function trace(context, shape, x, y, r) {
  const corners = {
    square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
    triangle: [[0, -1.1], [1.02, 0.75], [-1.02, 0.75]],
    diamond: [[0, -1.12], [1.12, 0], [0, 1.12], [-1.12, 0]],
  }[shape];
  if (corners) {
    corners.forEach(([dx, dy], n) => (n ? context.lineTo : context.moveTo).call(context, x + dx * r, y + dy * r));
    context.closePath();
  } else if (shape === "cross") {
    for (const side of [-1, 1]) {
      context.moveTo(x - 0.75 * r, y - 0.75 * r * side);
      context.lineTo(x + 0.75 * r, y + 0.75 * r * side);
    }
  } else {
    context.arc(x, y, 0.92 * r, 0, 2 * Math.PI);
  }
}
