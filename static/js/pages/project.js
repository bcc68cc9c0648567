// A project's page: its facts are changed where they stand, by double click or Enter.

import "../liantu.js";
import { editCell } from "../ledger_edit.js";

const block = document.getElementById("ledger-data");
if (block) {
  const data = JSON.parse(block.textContent);
  for (const fact of document.querySelectorAll(".facts dd[data-field]")) {
    fact.tabIndex = 0;
    fact.title = "双击或回车修改";
    fact.addEventListener("dblclick", () => edit(fact));
    fact.addEventListener("keydown", (event) => {
      if (event.target !== fact || (event.key !== "Enter" && event.key !== "F2")) return;
      event.preventDefault();
      edit(fact);
    });
  }

  function edit(fact) {
    editCell({
      cell: fact,
      canvas: fact.closest(".facts-canvas"),
      code: data.code,
      field: fact.dataset.field,
      unit: fact.dataset.unit,
      data,
      columns: [],
      done: (_, saved) => (saved ? location.reload() : fact.focus()),
    });
  }
}
