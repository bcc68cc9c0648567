// The chain page: neighbours light up, a click fills the side panel, the picture zooms.

import "../liantu.js";
import "../sheets.js";
import { carry } from "../carry.js";
import { lightNeighbours } from "../chain_light.js";

const scroll = document.getElementById("chain-scroll");
const picture = scroll.querySelector("svg");
const panel = document.getElementById("panel");
const natural = picture.viewBox.baseVal.width;
let asked = 0;
let zoomed = false;

lightNeighbours(picture);
zoomBy(document.querySelectorAll("[data-zoom]"));
fitBeside();
window.addEventListener("resize", fitBeside);
if (!panel.hidden) reveal(new URL(location.href).searchParams.get("link"));

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    close();
    return;
  }
  const link = event.target.closest("[data-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.dataset.link);
});

// Back and forward step through the links that were looked at.
window.addEventListener("popstate", () => {
  const name = new URL(location.href).searchParams.get("link");
  if (name) open(name, false);
  else close(false);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
});

/** `step`: whether this is a step that Back undoes. */
async function open(name, step = true) {
  const turn = ++asked;
  const url = new URL(location.href);
  url.searchParams.set("link", name);
  choose(name);
  panel.hidden = false;
  fitBeside();
  panel.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${panel.dataset.url}?${url.searchParams}`, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (turn !== asked) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    panel.replaceChildren(...page.body.childNodes);
  } catch {
    if (turn !== asked) return;
    panel.textContent = "没有读到，请再点一次或刷新本页。";
  }
  panel.removeAttribute("aria-busy");
  panel.scrollTop = 0;
  if (step) go(url);
  carry("link", name);
  if (innerWidth < 720) panel.scrollIntoView();
  reveal(name);
  panel.focus({ preventScroll: true });
}

function close(step = true) {
  asked++;
  panel.hidden = true;
  const url = new URL(location.href);
  url.searchParams.delete("link");
  if (step) go(url);
  carry("link", null);
  const before = picture.querySelector(".link.chosen");
  choose(null);
  fitBeside();
  if (before) before.focus({ preventScroll: true });
}

function go(url) {
  if (url.href !== location.href) history.pushState(null, "", url);
}

function choose(name) {
  for (const node of picture.querySelectorAll(".link")) {
    const here = node.dataset.link === name;
    node.classList.toggle("chosen", here);
    if (here) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
  document.body.classList.toggle("has-panel", Boolean(name));
}

/** Scrolls the picture, and only it, until the link is in sight. */
function reveal(name) {
  const node = [...picture.querySelectorAll(".link")].find((item) => item.dataset.link === name);
  if (!node) return;
  const box = node.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  if (box.left < frame.left || box.right > frame.right) {
    scroll.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }
}

/** Beside the open panel the whole picture stays in sight, until the reader zooms. */
function fitBeside() {
  if (zoomed) return;
  const fit = (scroll.clientWidth - 2) / natural;
  if (panel.hidden || fit >= 1) {
    picture.style.width = "";
    picture.style.height = "";
  } else {
    picture.style.width = `${natural * Math.max(innerWidth < 720 ? 0.75 : 0.4, fit)}px`;
    picture.style.height = "auto";
  }
}

function zoomBy(buttons) {
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const fit = (scroll.clientWidth - 2) / natural;
      const now = picture.getBoundingClientRect().width / natural;
      zoomed = true;
      let scale = { in: now * 1.2, out: now / 1.2, fit }[button.dataset.zoom];
      scale = Math.min(3, Math.max(0.4, scale));
      picture.style.width = `${natural * scale}px`;
      picture.style.height = "auto";
    });
  }
}
