// Columns of an import: units are asked for amounts only, datums for coordinates only.

import "../liantu.js";

const AMOUNTS = ["投资额", "到位资金", "合同外资", "预计年产值"];
const COORDINATES = ["经度", "纬度", "经纬度"];

for (const row of document.querySelectorAll("[data-mapping] tbody tr")) {
  const field = row.querySelector("select[name^=field]");
  if (!field) continue;
  const show = () => {
    row.querySelector("[data-for=amount]").hidden = !AMOUNTS.includes(field.value);
    row.querySelector("[data-for=coordinate]").hidden = !COORDINATES.includes(field.value);
    row.classList.toggle("passed", !field.value);
  };
  field.addEventListener("change", show);
  show();
}
