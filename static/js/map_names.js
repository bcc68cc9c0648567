// Names with a figure on a small map. Text only; where two would cover each other, one moves aside.

/** Puts `items` ({ at: [lon, lat], name, text }) on the map, the first ones best placed, beside the
 * signs that stand at `avoid` ([lon, lat] each). */
export function putNames(map, items, { kind = "county-label", avoid = [] } = {}) {
  const group = L.layerGroup().addTo(map);
  const labels = items.map(({ at, name, text }) => {
    const box = document.createElement("div");
    const word = document.createElement("span");
    word.textContent = name;
    box.append(word);
    if (text) {
      const figure = document.createElement("small");
      figure.textContent = text;
      box.append(figure);
    }
    const icon = L.divIcon({ html: box, className: `map-label ${kind}`, iconSize: null });
    const marker = L.marker([at[1], at[0]], { icon, interactive: false, keyboard: false });
    return { marker: marker.addTo(group), box, at: [at[1], at[0]] };
  });
  const settle = () => arrange(map, labels, avoid);
  map.on("zoomend resize", settle);
  settle();
  return { group, remove: () => { map.off("zoomend resize", settle); group.remove(); } };
}

const SIGN = 18; // px

function arrange(map, labels, avoid) {
  const taken = avoid.map(([lon, lat]) => {
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    return { left: x - SIGN / 2, top: y - SIGN / 2, w: SIGN, h: SIGN };
  });
  for (const { box, at } of labels) {
    box.hidden = false;
    const { offsetWidth: w, offsetHeight: h } = box;
    if (!w) continue;
    const { x, y } = map.latLngToLayerPoint(at);
    const rects = [[0, 0], [0, -h * 0.8], [0, h * 0.8], [-w * 0.6, 0], [w * 0.6, 0], [0, -h * 1.5], [0, h * 1.5],
      [0, -h * 2.4], [0, h * 2.4], [-w, 0], [w, 0]]
      .map(([dx, dy]) => ({ dx: dx - w / 2, dy: dy - h / 2, left: x + dx - w / 2, top: y + dy - h / 2, w, h }));
    const best = rects.find((rect) => !taken.some((other) => meet(rect, other)));
    box.hidden = !best;
    if (!best) continue;
    box.style.left = `${best.dx}px`;
    box.style.top = `${best.dy}px`;
    taken.push(best);
  }
}

function meet(a, b) {
  return a.left < b.left + b.w && b.left < a.left + a.w && a.top < b.top + b.h && b.top < a.top + a.h;
}
