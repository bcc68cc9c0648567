// Which part of the world a map shows: what Leaflet's fitBounds will choose, known before it is there.

const WORLD = 256; // px that the world is wide at zoom 0 (EPSG:3857)

/** The pixel of the world at zoom 0 of a place in degrees. */
export function worldPixel([lat, lon]) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: ((lon + 180) / 360) * WORLD,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD,
  };
}

/** Latitude and longitude of a pixel of the world at zoom 0. */
export function worldPlace({ x, y }) {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * (180 / Math.PI);
  return [lat, (x / WORLD) * 360 - 180];
}

/** The ground, as PointPainter.paint takes it, that shows `bounds` (south-west and north-east) whole in a map of
 * `size`, beside `padding` pixels on every side and `left` more on the left. */
export function fitted(bounds, size, { padding, left }, { minZoom, maxZoom, zoomSnap }) {
  const [southWest, northEast] = bounds.map(worldPixel);
  const across = (size.x - left - 2 * padding) / (northEast.x - southWest.x);
  const up = (size.y - 2 * padding) / (southWest.y - northEast.y);
  const grain = zoomSnap / 100; // as much short of a step is forgiven
  const near = Math.round(Math.log2(Math.min(across, up)) / grain) * grain;
  const zoom = Math.max(minZoom, Math.min(maxZoom, Math.floor(near / zoomSnap) * zoomSnap));
  const scale = 2 ** zoom;
  const corner = {
    x: Math.round(((southWest.x + northEast.x) / 2) * scale - left / 2 - size.x / 2),
    y: Math.round(((southWest.y + northEast.y) / 2) * scale - size.y / 2),
  };
  return { size, scale, corner };
}
