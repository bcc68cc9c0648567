// A project's symbol: shape by stage, colour as the legend says, hollow while 待核实, a dot where the
// site is known. Each kind is drawn once and copied from then on.

export const SIZE = 5.5;
const BOX = 24;
const INK = "#14262e";
const CORNERS = {
  square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
  triangle: [[0, -1.1], [1.02, 0.75], [-1.02, 0.75]],
  diamond: [[0, -1.12], [1.12, 0], [0, 1.12], [-1.12, 0]],
};

/** Stamps symbols on a canvas; `ratio` is how many device pixels a pixel has. */
export class Stamps {
  constructor(ratio) {
    this.ratio = ratio;
    this.kept = new Map();
  }

  put(context, x, y, symbol) {
    context.drawImage(this.picture(symbol), x - BOX / 2, y - BOX / 2, BOX, BOX);
  }

  picture({ shape, colour, hollow, dot, chosen }) {
    const key = `${shape} ${colour} ${hollow} ${dot} ${chosen}`;
    if (!this.kept.has(key)) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = BOX * this.ratio;
      const context = canvas.getContext("2d");
      context.scale(this.ratio, this.ratio);
      context.translate(BOX / 2, BOX / 2);
      draw(context, { shape, colour, hollow, dot, chosen });
      this.kept.set(key, canvas);
    }
    return this.kept.get(key);
  }
}

function draw(context, { shape, colour, hollow, dot, chosen }) {
  const cross = shape === "cross";
  const radius = chosen ? SIZE + 3 : SIZE;
  trace(context, shape, radius);
  context.fillStyle = hollow ? "#fff" : colour;
  context.strokeStyle = chosen ? INK : hollow || cross ? colour : "#fff";
  context.lineWidth = chosen ? 3 : cross ? 2.4 : hollow ? 2 : 1.3;
  if (!cross) context.fill();
  context.stroke();
  if (!dot) return;
  context.beginPath();
  context.arc(0, 0, 1.8, 0, 2 * Math.PI);
  context.fillStyle = hollow ? colour : "#fff";
  context.fill();
}

function trace(context, shape, r) {
  context.beginPath();
  if (CORNERS[shape]) {
    for (const [dx, dy] of CORNERS[shape]) context.lineTo(dx * r, dy * r);
    context.closePath();
  } else if (shape === "cross") {
    for (const side of [-1, 1]) {
      context.moveTo(-0.75 * r, -0.75 * r * side);
      context.lineTo(0.75 * r, 0.75 * r * side);
    }
  } else {
    context.arc(0, 0, 0.92 * r, 0, 2 * Math.PI);
  }
}
