// The selection bar on the map page: what it chooses is shown without loading the page anew.

import { FILTERS } from "./map_state.js";

export function followBar(state) {
  const bar = document.querySelector("[data-bar]");
  // Before the bar's own listeners, which make the address ready for a page to be loaded.
  document.addEventListener("submit", (event) => {
    if (event.target !== bar) return;
    event.preventDefault();
    event.stopPropagation();
    const given = new FormData(bar);
    const wanted = Object.fromEntries(["place", ...FILTERS].map((name) => [name, given.get(name) || null]));
    state.set({ ...wanted, project: null, site: null });
    bar.querySelector("[data-look]").hidden = true;
  }, true);
}
