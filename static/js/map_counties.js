// The counties' colours, numbers and legend, for what is selected and shaded by now.

let asked = 0;

/** The numbers of a query of the page; null where another question overtook this one. */
export async function fetchCounties(data, query) {
  const turn = ++asked;
  const response = await fetch(`${data.countySums}?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  const found = await response.json();
  return turn === asked ? found : null;
}

/** The counties in the colours of values of our own, by county code. */
export function shadeCounties(layer, { lows, colours }, values) {
  layer.eachLayer((county) => {
    const value = values.get(county.feature.id) ?? 0;
    county.setStyle({ fillColor: colours[lows.filter((low) => low <= value).length] });
  });
}

export function dressCounties(layer, { counties, classes, measure, said }) {
  const colours = new Map(counties.map(({ code, colour }) => [code, colour]));
  layer.eachLayer((county) => county.setStyle({ fillColor: colours.get(county.feature.id) }));
  const key = document.querySelector("[data-shade-key]");
  key.querySelector("h2").textContent = `区县底色：${measure.label}（${measure.unit}）`;
  const sample = key.querySelector("li");
  key.querySelector("ul").replaceChildren(...classes.map(({ text, colour }) => {
    const item = sample.cloneNode(true);
    item.querySelector("rect").setAttribute("fill", colour);
    item.lastChild.textContent = text;
    return item;
  }));
  document.getElementById("map-count").textContent = said;
}
