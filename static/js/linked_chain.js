// The chain picture of the linked page: links with projects that are marked stand out.

import { onLinks } from "./point_filter.js";

const SMALLEST = 0.55; // of its natural size, below which its words cannot be read

export function showChain(points, point, choose) {
  const box = document.getElementById("linked-chain");
  const picture = box.querySelector("svg");
  const natural = picture.viewBox.baseVal.width;
  const fit = () => {
    picture.style.width = `${natural * Math.min(1, Math.max(SMALLEST, (box.clientWidth - 2) / natural))}px`;
    picture.style.height = "auto";
  };
  new ResizeObserver(fit).observe(box);
  const nodes = [...picture.querySelectorAll(".link")];
  const numbers = new Map(points.linkNames.map((name, k) => [name, k]));

  for (const node of nodes) {
    const link = node.dataset.link;
    const on = () => point({ from: "chain", link, mask: onLinks(points, new Set([link])) });
    node.addEventListener("mouseenter", on);
    node.addEventListener("focus", on);
    node.addEventListener("mouseleave", () => point(null));
    node.addEventListener("blur", () => point(null));
    node.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(link);
    });
  }

  return {
    /** `mask`: the projects marked, null for none; `link`: the one that is pointed at itself. */
    show(mask, link) {
      const held = mask ? linksOf(points, mask) : null;
      picture.classList.toggle("marking", Boolean(mask || link));
      for (const node of nodes) {
        const name = node.dataset.link;
        const own = name === link;
        node.classList.toggle("marked", own || (!link && Boolean(held?.has(numbers.get(name)))));
        node.classList.toggle("chosen", own);
      }
    },
  };
}

function linksOf(points, mask) {
  const found = new Set();
  for (let n = 0; n < points.count; n += 1) {
    if (!mask[n]) continue;
    for (let at = points.starts[n]; at < points.starts[n + 1]; at += 1) found.add(points.link[at]);
  }
  return found;
}
