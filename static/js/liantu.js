// What every page does: the selection bar submits itself, and its address can be copied.

/* A list that is chosen from with the mouse applies at once. On the keyboard every arrow is a change
 * in Chromium, so there it waits for Enter or the form's button. */
let typing = false;
document.addEventListener("pointerdown", () => (typing = false), true);
document.addEventListener("keydown", (event) => (typing = !event.ctrlKey && !event.metaKey), true);

const bar = document.querySelector("[data-bar]");
const arrived = new URLSearchParams(location.search);

if (bar) {
  const look = bar.querySelector("[data-look]");
  bar.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    if (typing) look.hidden = false;
    else bar.requestSubmit(look);
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || look.hidden || !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    bar.requestSubmit(look);
  });
  bar.addEventListener("submit", () => {
    for (const field of bar.elements) {
      if (field.name && !field.value) field.disabled = true;
    }
  });
  // Coming back through the history must not leave fields disabled, nor a choice the page does not show.
  window.addEventListener("pageshow", (event) => {
    for (const field of bar.elements) field.disabled = false;
    look.hidden = true;
    if (!cameBack(event)) return;
    bar.reset();
    // What the page changed by itself since it was loaded stands in the address.
    const now = new URLSearchParams(location.search);
    for (const list of bar.querySelectorAll("select")) {
      const value = now.get(list.name);
      if (value !== arrived.get(list.name)) list.value = value || "";
    }
  });
}

// A menu on <details> closes as menus do: by Escape, and by a click beside it.
const MENUS = "details.pop, details[data-pop]";
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target instanceof Element && event.target.closest(MENUS);
  if (!menu || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.stopPropagation();
}, true);
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  }
});

// What scrolls sideways can be scrolled with the keyboard too; on a wide screen nothing does.
const SCROLLERS = ".sheet, .scroll, .wide, .short";
const reach = new ResizeObserver((changes) => {
  for (const { target } of changes) reachable(target);
});
for (const box of document.querySelectorAll(SCROLLERS)) {
  reach.observe(box);
  reachable(box);
}

function reachable(box) {
  const style = getComputedStyle(box);
  const scrolls =
    (/auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth + 1) ||
    (/auto|scroll/.test(style.overflowY) && box.scrollHeight > box.clientHeight + 1);
  if (!scrolls) {
    if ("reach" in box.dataset) box.removeAttribute("tabindex");
    return;
  }
  if (box.hasAttribute("tabindex")) return;
  box.dataset.reach = "";
  box.tabIndex = 0;
  if (box.hasAttribute("aria-label") || box.hasAttribute("aria-labelledby")) return;
  if (box.matches("section, div")) box.setAttribute("role", "group");
  box.setAttribute("aria-label", "可滚动的内容");
}

for (const button of document.querySelectorAll("[data-copy-link]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    say((await copy(location.href)) ? "链接已复制" : "没能复制：请从地址栏复制");
  });
}

/** Whether the page is shown again, with fields the browser may have filled in itself. */
function cameBack(event) {
  return event.persisted || performance.getEntriesByType("navigation")[0]?.type !== "navigate";
}

/** Says a short thing at the foot of the page, also to a screen reader. */
export function say(text) {
  const line = document.getElementById("toast");
  line.textContent = text;
  line.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => line.classList.remove("shown"), 2500);
}

/** Whether the text reached the clipboard. An intranet address is no secure context, so the
 * clipboard interface may be missing; the old command still works there. */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // falls through to the old way
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// A page's own filter: empty fields stay out of the address. One whose fields are boxes and lists
// applies itself; its button stays for those who type or choose on the keyboard.
for (const form of document.querySelectorAll("form.filters")) {
  form.autocomplete = "off";
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && !field.value) field.disabled = true;
    }
  });
  window.addEventListener("pageshow", (event) => {
    for (const field of form.elements) field.disabled = false;
    if (cameBack(event)) form.reset();
  });
  if (!("autoSubmit" in form.dataset)) continue;
  form.addEventListener("change", (event) => {
    if (!event.target.matches("select, input[type=checkbox]")) return;
    if (!typing) form.requestSubmit();
    else form.querySelector("button")?.classList.replace("btn-outline-primary", "btn-primary");
  });
}
