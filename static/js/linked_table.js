// The table of the linked page: the projects that are marked, else those selected; the first of them.

const MOST = 40;
const WAIT = 120; // ms that a mark rests before its projects are listed

export function showTable(data, projects, point) {
  const body = document.getElementById("linked-rows");
  const head = document.getElementById("linked-table-head");
  const { points } = projects;
  const names = new Map(data.counties.map(({ code, name }) => [code, name]));
  let waiting = null;

  async function list(mask) {
    const some = [];
    let sum = 0;
    for (let n = 0; n < points.count; n += 1) {
      if (!mask[n]) continue;
      sum += 1;
      if (some.length < MOST) some.push(n);
    }
    head.textContent = sum > MOST ? `项目：${sum.toLocaleString("zh-CN")} 个，列出前 ${MOST} 个` : `项目：${sum} 个`;
    await projects.learn(some.map((n) => points.code(n)));
    body.replaceChildren(...(some.length ? some.map(row) : [nothing()]));
  }

  function row(n) {
    const code = points.code(n);
    const [name, enterprise, amount] = projects.names.get(code) ?? [code, "", ""];
    const line = document.createElement("tr");
    const first = document.createElement("th");
    first.scope = "row";
    const link = document.createElement("a");
    link.href = data.projectPage.replace("CODE", encodeURIComponent(code));
    link.textContent = name;
    link.title = [code, enterprise].filter(Boolean).join(" · ");
    first.append(link);
    const { name: stage } = points.stages[points.stage[n]];
    const county = points.counties[points.county[n]];
    line.append(first, cell(names.get(county) ?? ""), cell(points.linksOf(n).join("、")), cell(points.unconfirmed[n] ? `${stage}·待核实` : stage), cell(amount, "r"));
    const on = () => {
      line.classList.add("marked");
      const mask = new Uint8Array(points.count);
      mask[n] = 1;
      point({ from: "table", mask });
    };
    const off = () => {
      line.classList.remove("marked");
      point(null);
    };
    line.addEventListener("mouseenter", on);
    line.addEventListener("mouseleave", off);
    link.addEventListener("focus", on);
    link.addEventListener("blur", off);
    return line;
  }

  return {
    /** `own`: the mark is the table's own, which then stays as it is. */
    show(selected, marked, own) {
      clearTimeout(waiting);
      if (!own) waiting = setTimeout(() => list(marked ?? selected), WAIT);
    },
  };
}

function cell(text, kind = "") {
  const found = document.createElement("td");
  found.textContent = text;
  if (kind) found.className = kind;
  return found;
}

function nothing() {
  const line = document.createElement("tr");
  const found = cell("没有符合条件的项目。", "muted");
  found.colSpan = 5;
  line.append(found);
  return line;
}
