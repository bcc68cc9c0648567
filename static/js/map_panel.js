// The side panel and the address: what is clicked is shown, and a reload shows it again.

import { carry } from "./carry.js";

/** `changed` is called when another place or project is shown. */
export function followPanel(data, changed) {
  const box = document.getElementById("panel");
  const state = { place: data.place, project: data.project, site: data.site };
  let asked = 0;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-place], [data-project]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.project) open({ ...state, project: link.dataset.project, site: null }, true);
    else open({ place: link.dataset.place || null, project: null, site: null }, true);
  });

  // Back and forward step through the places and projects that were looked at.
  window.addEventListener("popstate", () => {
    const now = new URL(location.href).searchParams;
    const site = now.get("site");
    open({ place: now.get("place"), project: now.get("project"), site: site && Number(site) }, false, false);
  });

  /** `step`: whether this is a step that Back undoes. */
  async function open(wanted, focus = false, step = true) {
    const turn = ++asked;
    const url = address(wanted);
    box.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(partial(data, wanted, url), { headers: { Accept: "text/html" } });
      const html = await response.text();
      if (turn !== asked) return;
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(html, "text/html");
      box.replaceChildren(...page.body.childNodes);
      box.scrollTop = 0;
    } catch {
      if (turn !== asked) return;
      box.textContent = "没有读到，请再点一次或刷新本页。";
    }
    box.removeAttribute("aria-busy");
    Object.assign(state, wanted);
    if (step && url.href !== location.href) history.pushState(null, "", url);
    carry("place", state.place);
    for (const field of document.querySelectorAll("[data-bar] input[name=project], [data-bar] input[name=site]")) field.remove();
    if (focus) box.focus({ preventScroll: true });
    if (innerWidth < 720) box.scrollIntoView();
    changed();
  }

  return {
    state,
    place: (place) => open({ place, project: null, site: null }),
    project: (project) => open({ ...state, project, site: null }),
    site: (site) => open({ ...state, project: null, site }),
  };
}

function address(wanted) {
  const url = new URL(location.href);
  for (const name of ["place", "project", "site"]) {
    if (wanted[name]) url.searchParams.set(name, wanted[name]);
    else url.searchParams.delete(name);
  }
  return url;
}

function partial(data, wanted, url) {
  let path = data.placePanel;
  if (wanted.project) path = data.projectPanel.replace("CODE", encodeURIComponent(wanted.project));
  else if (wanted.site) path = data.sitePanel.replace("ID", encodeURIComponent(wanted.site));
  const query = new URLSearchParams(url.search);
  query.delete("project");
  query.delete("site");
  return `${path}?${query}`;
}
