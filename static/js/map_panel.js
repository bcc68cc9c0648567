// The side panel: a project, a site, else the place that is selected.

let asked = 0;

/** Fetches the panel of what the state shows. */
export async function showPanel(data, state, focus) {
  const box = document.getElementById("panel");
  const turn = ++asked;
  box.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address(data, state), { headers: { Accept: "text/html" } });
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
  if (focus) box.focus({ preventScroll: true });
  if (focus && innerWidth < 720) box.scrollIntoView();
}

/** Links of the panel and the page that name a place or a project open it here. */
export function followLinks(state) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-place], [data-project]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.project) state.set({ project: link.dataset.project, site: null }, { focus: true });
    else state.set({ place: link.dataset.place || null, project: null, site: null }, { focus: true });
  });
}

function address(data, state) {
  const { project, site } = state.now;
  let path = data.placePanel;
  if (project) path = data.projectPanel.replace("CODE", encodeURIComponent(project));
  else if (site) path = data.sitePanel.replace("ID", encodeURIComponent(site));
  return `${path}?${state.query()}`;
}
