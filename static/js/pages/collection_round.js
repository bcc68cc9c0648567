// Copies the text of a field that a button names.

import { copy, say } from "../liantu.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    say((await copy(field.value)) ? "已复制" : "没能复制：请选中文字再复制");
  });
}
