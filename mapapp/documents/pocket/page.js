"use strict";
const tabs = [...document.querySelectorAll("nav a")];
const sections = [...document.querySelectorAll("section")];
const show = () => {
  const wanted = location.hash.slice(1);
  const now = sections.find((section) => section.id === wanted) || sections[0];
  for (const section of sections) section.classList.toggle("now", section === now);
  for (const tab of tabs) {
    if (tab.hash === `#${now.id}`) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
};
const find = document.getElementById("find");
const items = [...document.querySelectorAll("[data-find]")];
const texts = items.map((item) => item.textContent.toLowerCase());
find.addEventListener("input", () => {
  const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  items.forEach((item, n) => {
    item.hidden = !words.every((word) => texts[n].includes(word));
    if (!item.hidden && item.closest("section").classList.contains("now")) shown += 1;
  });
  document.getElementById("found").textContent = words.length ? `${shown} 条` : "";
});
document.body.classList.add("tabbed");
addEventListener("hashchange", show);
show();
