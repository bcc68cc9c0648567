// What every map does: it fits its window, on paper too, and its controls speak Chinese.

/** Shows what `bounds()` gives whole, now, whenever the window changes, and on paper. `left` is what stands in
 * the way on the left, in pixels; `paper` is called with true before a print and false after it. */
export function frame(map, bounds, { padding = 10, left = () => 0, label = "地图", paper = () => {} } = {}) {
  const box = map.getContainer().closest(".map-box");
  const fit = () => {
    map.invalidateSize({ animate: false });
    const room = { paddingTopLeft: [padding + left(), padding], paddingBottomRight: [padding, padding] };
    map.fitBounds(bounds(), { ...room, animate: false });
  };
  let width = map.getSize().x;
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (map.getSize().x === width) return;
    width = map.getSize().x;
    fit();
  }).observe(map.getContainer());
  onPaper(box, map, fit, paper);
  nameControls(map, label);
  fit();
  return fit;
}

/** On paper the box has another size: the whole for the print, then back to what was seen. */
function onPaper(box, map, fit, tell) {
  let seen = null;
  const begin = () => {
    if (seen) return;
    seen = { centre: map.getCenter(), zoom: map.getZoom() };
    box.classList.add("on-paper");
    tell(true);
    fit();
  };
  const end = () => {
    if (!seen) return;
    box.classList.remove("on-paper");
    tell(false);
    map.invalidateSize({ animate: false });
    map.setView(seen.centre, seen.zoom, { animate: false });
    seen = null;
  };
  const paper = window.matchMedia("print");
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  paper.addEventListener("change", () => (paper.matches ? begin() : end()));
}

/** Leaflet's own controls speak English. */
function nameControls(map, label) {
  const box = map.getContainer();
  for (const [selector, word] of [[".leaflet-control-zoom-in", "放大"], [".leaflet-control-zoom-out", "缩小"]]) {
    const button = box.querySelector(selector);
    if (!button) continue;
    button.title = word;
    button.setAttribute("aria-label", word);
  }
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", `${label}：方向键移动，加减键缩放`);
}
