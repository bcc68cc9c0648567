// Ticking rows of the target list: all at once, and how many are ticked.

const form = document.querySelector("form[data-pick]");

if (form) {
  const all = form.querySelector("[data-pick-all]");
  const count = form.querySelector("[data-pick-count]");
  const boxes = [...form.querySelectorAll("input[name=row]")];
  const untouched = count.textContent;

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked ? `已选 ${ticked} 家，只导出选中的` : untouched;
  };

  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
}
