// The selection bar and the choice of shading: what they choose is shown without loading the page anew.

import { FILTERS } from "./map_state.js";

export function followBar(state) {
  const bar = document.querySelector("[data-bar]");
  const shade = document.querySelector("form.shade");
  // Before the forms' own listeners, which make the address ready for a page to be loaded.
  document.addEventListener("submit", (event) => {
    if (event.target !== bar && event.target !== shade) return;
    event.preventDefault();
    event.stopPropagation();
    const given = new FormData(event.target);
    if (event.target === shade) state.set({ shade: given.get("shade") || null });
    else {
      const wanted = Object.fromEntries(["place", ...FILTERS].map((name) => [name, given.get(name) || null]));
      state.set({ ...wanted, project: null, site: null });
      bar.querySelector("[data-look]").hidden = true;
    }
  }, true);
}
