// Drawing Folium's map without holding the page up.

const TURN = 12; // ms of drawing after which the page gets its turn

/** What the server tells this page's scripts. */
export function pageData() {
  return JSON.parse(document.getElementById("map-data").textContent);
}

/** The Leaflet map and its layers by name, drawn after the page's first picture. `fit` is called
 * with the map before any layer is on it, and must say what it shows: so each is drawn once. */
export async function startMap(fit) {
  await painted();
  const steps = window.foliumSteps();
  fit(steps.next().value);
  for (;;) {
    await pause();
    const began = performance.now();
    while (performance.now() - began < TURN) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }
}

/** Lets the browser do what waits. */
export function pause(ms = 0) {
  return new Promise((done) => setTimeout(done, ms));
}

/** A page that is not in sight is never painted: then a tenth of a second has to do. */
function painted() {
  return Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), pause(100)]);
}
