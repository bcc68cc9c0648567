// The overview's charts; the tables that they draw stand on the page, with the same links.

import "../liantu.js";
import { barChart, chartData } from "../charts.js";

for (const [name, chart] of Object.entries(chartData("overview-charts"))) {
  const element = document.querySelector(`[data-chart="${name}"]`);
  if (!element) continue;
  const onClick = (_, place) => {
    const address = chart.links[place];
    if (address) location.assign(address);
  };
  barChart(element, { ...chart, onClick });
}
