// The map's box: what it shows on paper, and its controls in Chinese.

/** On paper the map box has another size: the whole city for the print, then back to what was seen. */
export function fitPaper(map, legend, fit) {
  const box = map.getContainer().closest(".map-box");
  const paper = window.matchMedia("print");
  let seen = null;
  const begin = () => {
    if (seen) return;
    seen = { centre: map.getCenter(), zoom: map.getZoom(), legend: legend.open };
    legend.open = true;
    box.classList.add("on-paper");
    fit();
  };
  const end = () => {
    if (!seen) return;
    box.classList.remove("on-paper");
    legend.open = seen.legend;
    map.invalidateSize();
    map.setView(seen.centre, seen.zoom, { animate: false });
    seen = null;
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  paper.addEventListener("change", () => (paper.matches ? begin() : end()));
}

/** Leaflet's own controls speak English. */
export function nameControls(map) {
  const words = [[".leaflet-control-zoom-in", "放大"], [".leaflet-control-zoom-out", "缩小"]];
  for (const [selector, word] of words) {
    const button = map.getContainer().querySelector(selector);
    button.title = word;
    button.setAttribute("aria-label", word);
  }
  map.getContainer().setAttribute("aria-label", "地图：方向键移动，加减键缩放；区县也可从右侧列表打开");
  map.getContainer().setAttribute("role", "application");
}
