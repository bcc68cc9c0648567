// Ticking rows of the target list: all of a page at once, and over the pages of one list.

import "../liantu.js";
import "../sheets.js";

const form = document.querySelector("form[data-pick]");

/** The list that this page is a part of: the address without the page and what only sorts. */
function listName() {
  const query = new URLSearchParams(location.search);
  for (const key of ["page", "all", "roadshow"]) query.delete(key);
  query.sort();
  return `liantu-ticked?${query}`;
}

if (form) {
  const all = form.querySelector("[data-pick-all]");
  const count = form.querySelector("[data-pick-count]");
  const boxes = [...form.querySelectorAll("input[name=row]")];
  const untouched = count.textContent;
  const list = listName();
  const here = new Set(boxes.map((box) => box.value));
  const read = () => new Set(JSON.parse(sessionStorage.getItem(list) || "[]"));

  const show = () => {
    const picked = read();
    for (const box of boxes) box.checked = picked.has(box.value);
    const ticked = boxes.filter((box) => box.checked).length;
    const elsewhere = picked.size - ticked;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    const other = elsewhere ? `（其中 ${elsewhere} 行在别的页）` : "";
    count.textContent = picked.size ? `已选 ${picked.size} 行${other}，只导出选中的` : untouched;
  };

  const keep = () => {
    const picked = read();
    for (const box of boxes) {
      if (box.checked) picked.add(box.value);
      else picked.delete(box.value);
    }
    sessionStorage.setItem(list, JSON.stringify([...picked]));
    show();
  };

  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    keep();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "row") keep();
  });
  form.addEventListener("formdata", (event) => {
    for (const value of read()) if (!here.has(value)) event.formData.append("row", value);
  });
  window.addEventListener("pageshow", show);
  show();
}
