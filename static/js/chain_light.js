// Hovering or focusing a link lights up all that feeds it and all that leans on it.

/** Watches a chain picture drawn by mapapp/draw/chain_picture.py. */
export function lightNeighbours(picture) {
  const nodes = [...picture.querySelectorAll(".link")];
  const arrows = [...picture.querySelectorAll("g.arrows .arrow")].map((line) => ({
    line,
    from: Number(line.dataset.from),
    to: Number(line.dataset.to),
    back: line.dataset.back === "1",
  }));
  const forward = arrows.filter((arrow) => !arrow.back);

  for (const node of nodes) {
    const number = Number(node.dataset.number);
    node.addEventListener("mouseenter", () => light(number));
    node.addEventListener("mouseleave", dark);
    node.addEventListener("focus", () => light(number));
    node.addEventListener("blur", dark);
  }

  function light(number) {
    const up = reach(number, "to", "from");
    const down = reach(number, "from", "to");
    picture.classList.add("lit");
    for (const node of nodes) {
      const own = Number(node.dataset.number);
      node.classList.toggle("on", up.has(own) || down.has(own));
    }
    for (const { line, from, to } of arrows) {
      const own = (up.has(from) && up.has(to)) || (down.has(from) && down.has(to));
      line.classList.toggle("on", own);
      line.classList.toggle("near", from === number || to === number);
    }
  }

  function dark() {
    picture.classList.remove("lit");
    for (const node of nodes) node.classList.remove("on");
    for (const { line } of arrows) line.classList.remove("on", "near");
  }

  /** Every link reached from one by following arrows from end `here` to end `there`. */
  function reach(start, here, there) {
    const found = new Set([start]);
    for (const number of found) {
      for (const arrow of forward) {
        if (arrow[here] === number) found.add(arrow[there]);
      }
    }
    return found;
  }
}
