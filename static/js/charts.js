// Bars by Apache ECharts, in our colours. What they show stands in a table beside them as well:
// the server writes it, with the links; a chart only draws it (docs/design-system.md, 图).

import "../vendor/echarts/echarts.common.min.js"; // no module: it puts itself on globalThis

const { echarts } = globalThis;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const paper = matchMedia("print"); // there the style sheet scales what was drawn
const drawn = new Set();

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const stripes = (colour, angle) => ({
  symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.4, 3.2], rotation: angle, color: colour,
});

/** How a series looks: told apart by pattern as well as by colour. */
const LOOKS = {
  now: () => ({ color: ink("--accent-bar") }),
  before: () => ({ color: "#d9d3c6", decal: stripes("#8d8472", Math.PI / 4) }),
  doubt: () => ({ color: "#ffffff", borderColor: "#8d979f", borderWidth: 1, decal: stripes("#8d979f", -Math.PI / 4) }),
};

/**
 * Draws bars into an element that has a height.
 *
 * categories  what the bars stand for, in order
 * series      [{name, values, look}]: values in that order (null: none), look now, before or doubt
 * unit        the measure word of the values
 * label       what the chart shows, for a screen reader
 * horizontal  bars lie, the first on top
 * stacked     the series of a category stand on one another
 * highlight   a category to be lit, the others fade
 * onClick     called with a category and its place when its band or name is clicked
 * onHover     called with a category, or null, when the mouse enters it or leaves
 *
 * Returns {highlight(category or null), update(options), dispose()}.
 */
export function barChart(element, options) {
  const now = { ...options };
  const chart = echarts.init(element, null, {
    renderer: "canvas", // the SVG renderer writes style attributes, which the policy refuses
    devicePixelRatio: Math.max(2, devicePixelRatio), // sharp on paper too
  });
  drawn.add(chart);
  element.setAttribute("role", "img");
  const paint = () => {
    element.setAttribute("aria-label", now.label || "");
    chart.setOption(described(now), { replaceMerge: ["series"] });
  };
  paint();
  listen(chart, now);
  const watch = new ResizeObserver(() => paper.matches || chart.resize());
  watch.observe(element);
  return {
    highlight(category) {
      if (now.highlight === category) return;
      now.highlight = category;
      paint();
    },
    update(changes) {
      Object.assign(now, changes);
      paint();
    },
    dispose() {
      watch.disconnect();
      drawn.delete(chart);
      chart.dispose();
    },
  };
}

/** The numbers that the server wrote into the page for its charts. */
export function chartData(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function described(now) {
  const names = { type: "category", data: now.categories, inverse: Boolean(now.horizontal), ...namesLook(now) };
  const values = { type: "value", minInterval: 1, boundaryGap: [0, now.horizontal ? 0 : "14%"], ...valuesLook() };
  const several = now.series.length > 1;
  const text = { fontFamily: getComputedStyle(document.body).fontFamily, color: ink("--ink") };
  return {
    animation: !still.matches,
    animationDuration: 250,
    animationDurationUpdate: 150,
    textStyle: text,
    grid: { left: 4, right: now.horizontal ? 34 : 4, top: several ? 28 : 4, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { show: several, right: 0, top: 0, itemWidth: 16, itemHeight: 10, itemGap: 14, selectedMode: false, textStyle: { ...text, color: ink("--ink-soft"), fontSize: 12 } },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // drawn, never written as HTML
      axisPointer: { type: "shadow", shadowStyle: { color: "rgba(16, 80, 94, 0.08)" } },
      formatter: (points) => told(now, points[0]?.dataIndex),
      confine: true,
      borderColor: ink("--line"),
      textStyle: { ...text, fontSize: 12 },
    },
    xAxis: now.horizontal ? values : names,
    yAxis: now.horizontal ? names : values,
    series: now.series.map((one, place) => bars(now, one, place)),
  };
}

function bars(now, one, place) {
  const look = (LOOKS[one.look] || LOOKS.now)();
  const top = !now.stacked || place === now.series.length - 1;
  const sum = (n) => now.series.reduce((total, each) => total + (each.values[n] || 0), 0);
  return {
    type: "bar",
    name: one.name,
    stack: now.stacked ? "one" : undefined,
    barMaxWidth: now.horizontal ? 14 : 22,
    barGap: "12%",
    barCategoryGap: now.horizontal ? "30%" : "26%",
    itemStyle: look,
    label: {
      show: top,
      position: now.horizontal ? "right" : "top",
      distance: 3,
      opacity: 1, // a bar may fade, its number stays legible
      fontSize: 11,
      color: one.look === "before" ? ink("--ink-soft") : ink("--ink"),
      formatter: ({ dataIndex, value }) => {
        const number = now.stacked ? sum(dataIndex) : value;
        return number ? number.toLocaleString("zh-CN") : "";
      },
    },
    labelLayout: { hideOverlap: true },
    emphasis: { disabled: true },
    data: one.values.map((value, n) => ({
      // A stack whose last part is nothing still carries the sum's label.
      value: value ?? (now.stacked ? 0 : "-"),
      itemStyle: { opacity: faded(now, n) ? 0.28 : 1, ...(value ? {} : { borderWidth: 0 }) },
    })),
  };
}

const faded = (now, n) => Boolean(now.highlight) && now.categories.includes(now.highlight) && now.categories[n] !== now.highlight;

function namesLook(now) {
  return {
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink("--line") } },
    axisLabel: {
      interval: 0,
      color: ink("--ink-soft"),
      fontSize: 12,
      rich: { lit: { color: ink("--ink"), fontWeight: 700 } },
      formatter: (name) => (name === now.highlight ? `{lit|${name}}` : name),
    },
  };
}

function valuesLook() {
  return { axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false }, axisTick: { show: false } };
}

function told(now, n) {
  if (n === undefined) return "";
  const lines = now.series.map(({ name, values }) => {
    const value = values[n];
    return `${name}  ${value === null || value === undefined ? "—" : `${value.toLocaleString("zh-CN")} ${now.unit}`}`;
  });
  return [now.categories[n], ...lines].join("\n");
}

/* The whole band of a category answers, its name too: a bar of one project is hard to hit. */
function listen(chart, now) {
  const at = (event) => {
    const place = chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
    const n = Math.round(place[now.horizontal ? 1 : 0]);
    return n >= 0 && n < now.categories.length ? n : -1;
  };
  let over = -1;
  const hover = (n) => {
    if (n === over) return;
    over = n;
    now.onHover?.(n < 0 ? null : now.categories[n]);
  };
  const surface = chart.getZr();
  surface.on("click", (event) => {
    const n = at(event);
    if (n >= 0) now.onClick?.(now.categories[n], n);
  });
  surface.on("mousemove", (event) => {
    const n = at(event);
    if (now.onClick) surface.setCursorStyle(n >= 0 ? "pointer" : "default");
    hover(n);
  });
  surface.on("globalout", () => hover(-1));
}

/* What is being animated is finished before it is printed, and without the mouse's shadow. */
addEventListener("beforeprint", () => {
  for (const chart of drawn) {
    chart.dispatchAction({ type: "hideTip" });
    chart.setOption({ animation: false });
    chart.resize({ animation: { duration: 0 } });
  }
});
