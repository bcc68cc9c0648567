// Drawing Folium's map without holding the page up.

/** The page's data, the Leaflet map and its layers by name, drawn after the page's first picture. */
export async function startMap() {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  await painted();
  Object.assign(window, window.drawFoliumMap());
  await pause();
  const layers = Object.fromEntries(Object.entries(data.names).map(([name, variable]) => [name, window[variable]]));
  return { data, layers };
}

/** Lets the browser do what waits. */
export function pause(ms = 0) {
  return new Promise((done) => setTimeout(done, ms));
}

/** A page that is not in sight is never painted: then a tenth of a second has to do. */
function painted() {
  return Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), pause(100)]);
}
