// The figures of the linked page: projects by county, stage and year, and of each how many are marked.

const UNDATED = "未写日期";

/** `choose` is called with the part of the selection and its value where a bar is clicked. */
export function showFigures(data, points, point, choose) {
  const box = document.getElementById("linked-figures");
  const names = new Map(data.counties.map(({ code, name }) => [code, name]));
  const years = yearsOf(points);
  const groups = [
    group("区县", "place", points.county, points.counties.map((code) => [code, names.get(code) ?? code])),
    group("阶段", "stage", points.stage, points.stages.map(({ name }) => [name, name])),
    group("签约年份", "period", years.column, years.words),
  ];
  box.replaceChildren(...groups.map(({ section }) => section));

  function group(title, key, column, words) {
    const section = document.createElement("section");
    const head = document.createElement("h2");
    head.textContent = `${title}（个）`;
    const bars = words.map(([value, word], k) => bar(value, word, k));
    const order = { place: data.counties.map(({ code }) => code), stage: data.stageOrder }[key];
    const sorted = order ? [...bars].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value)) : bars;
    section.append(head, ...sorted.map(({ button }) => button));
    return { section, key, column, bars };

    function bar(value, word, k) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "linked-bar";
      const name = document.createElement("span");
      name.textContent = word;
      const figure = document.createElement("span");
      const track = document.createElement("span");
      track.className = "linked-track";
      const [whole, part] = [document.createElement("i"), document.createElement("i")];
      track.append(whole, part);
      button.append(name, figure, track);
      const on = () => point({ from: key, mask: equal(column, k) });
      button.addEventListener("mouseenter", on);
      button.addEventListener("focus", on);
      button.addEventListener("mouseleave", () => point(null));
      button.addEventListener("blur", () => point(null));
      if (value === null) button.setAttribute("aria-disabled", "true");
      else button.addEventListener("click", () => choose(key, value));
      return { value, button, figure, whole, part };
    }
  }

  return {
    /** `selected`: 1 for each project selected; `marked`: 1 for each of them that is marked, or null. */
    show(selected, marked, now) {
      for (const { key, column, bars } of groups) {
        const all = counted(column, selected, bars.length);
        const some = marked ? counted(column, marked, bars.length) : null;
        const most = Math.max(1, ...all);
        bars.forEach(({ value, button, figure, whole, part }, k) => {
          figure.textContent = some ? `${some[k].toLocaleString("zh-CN")} / ${all[k].toLocaleString("zh-CN")}` : all[k].toLocaleString("zh-CN");
          whole.style.width = `${(100 * all[k]) / most}%`;
          part.style.width = `${(100 * (some ? some[k] : 0)) / most}%`;
          button.setAttribute("aria-pressed", String(value !== null && now[key] === value));
          button.hidden = !all[k] && now[key] !== value;
        });
      }
    },
  };
}

function counted(column, mask, length) {
  const sums = new Array(length).fill(0);
  for (let n = 0; n < mask.length; n += 1) sums[column[n]] += mask[n];
  return sums;
}

function equal(column, k) {
  const mask = new Uint8Array(column.length);
  for (let n = 0; n < column.length; n += 1) mask[n] = column[n] === k ? 1 : 0;
  return mask;
}

/** The year of each project's signing as a column; the last word is for those that are not dated. */
function yearsOf({ signed, epoch, count }) {
  const first = Math.floor(epoch / 12);
  let last = first - 1;
  for (let n = 0; n < count; n += 1) if (signed[n]) last = Math.max(last, Math.floor((epoch + signed[n] - 1) / 12));
  const words = [];
  for (let year = first; year <= last; year += 1) words.push([String(year), String(year)]);
  words.push([null, UNDATED]);
  const column = new Uint16Array(count);
  for (let n = 0; n < count; n += 1) {
    column[n] = signed[n] ? Math.floor((epoch + signed[n] - 1) / 12) - first : words.length - 1;
  }
  return { column, words };
}
