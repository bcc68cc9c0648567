// Which projects a selection means, decided here as mapapp/store/conditions.py decides it.

const UNCONFIRMED = "待核实";

/** 1 for every point that the selection's chain, link, stage and period mean; place is left to
 * `inside`, because what lies elsewhere stays on the map. */
export function chosen(points, { chain, link, stage, period, until = null }) {
  const mask = new Uint8Array(points.count).fill(1);
  if (chain) keep(mask, points.chain, points.chains.map(({ id }) => id === chain));
  if (link) keep(mask, onLinks(points, new Set([link])), [false, true]);
  if (stage === UNCONFIRMED) keep(mask, points.unconfirmed, [false, true]);
  else if (stage) keep(mask, points.stage, points.stages.map(({ name }) => name === stage));
  if (period) keepMonths(mask, points, ...months(period));
  if (until !== null) keepUntil(mask, points, until);
  return mask;
}

/** 1 for every point in a county or zone, or null where no place is chosen. */
export function inside(points, place) {
  if (!place) return null;
  const mask = new Uint8Array(points.count);
  const [county, zone] = [points.counties.indexOf(place), points.zones.indexOf(place)];
  for (let n = 0; n < points.count; n += 1) {
    mask[n] = points.county[n] === county || points.zone[n] === zone ? 1 : 0;
  }
  return mask;
}

/** 1 for every point on one of these links. */
export function onLinks(points, names) {
  const mask = new Uint8Array(points.count);
  const wanted = points.linkNames.map((name) => names.has(name));
  for (let n = 0; n < points.count; n += 1) {
    for (let at = points.starts[n]; at < points.starts[n + 1]; at += 1) {
      if (wanted[points.link[at]]) mask[n] = 1;
    }
  }
  return mask;
}

export function total(mask) {
  let sum = 0;
  for (let n = 0; n < mask.length; n += 1) sum += mask[n];
  return sum;
}

/** How many of the chosen points lie in each county, by its code. */
export function countsByCounty(points, mask) {
  const sums = new Uint32Array(points.counties.length);
  for (let n = 0; n < points.count; n += 1) sums[points.county[n]] += mask[n];
  return new Map(points.counties.map((code, k) => [code, sums[k]]));
}

/** The months in which the chosen points were signed, and how many are not dated; null where none
 * is. */
export function signedRange({ count, signed, span, epoch }, mask) {
  const range = { first: Infinity, last: -Infinity, undated: 0 };
  for (let n = 0; n < count; n += 1) {
    if (!mask[n]) continue;
    if (!signed[n]) range.undated += 1;
    else {
      const month = epoch + signed[n] - 1;
      range.first = Math.min(range.first, month);
      range.last = Math.max(range.last, month + span[n]);
    }
  }
  return range.first > range.last ? null : range;
}

/** First and last month of 2023, 2023H1, 2023Q2, 2023-05 or 2021-2023, counted from year 0. */
export function months(period) {
  const years = period.match(/^(\d{4})-(\d{4})$/);
  if (years) return [12 * Number(years[1]), 12 * Number(years[2]) + 11];
  const [, year, half, quarter, month] = period.match(/^(\d{4})(?:H([12])|Q([1-4])|-(\d\d))?$/);
  const start = 12 * Number(year);
  if (half) return [start + 6 * half - 6, start + 6 * half - 1];
  if (quarter) return [start + 3 * quarter - 3, start + 3 * quarter - 1];
  if (month) return [start + Number(month) - 1, start + Number(month) - 1];
  return [start, start + 11];
}

function keep(mask, column, wanted) {
  for (let n = 0; n < mask.length; n += 1) if (!wanted[column[n]]) mask[n] = 0;
}

/** Those whose signing may lie in the months: its span overlaps them. */
function keepMonths(mask, { signed, span, epoch }, first, last) {
  for (let n = 0; n < mask.length; n += 1) {
    const month = epoch + signed[n] - 1;
    if (!signed[n] || month > last || month + span[n] < first) mask[n] = 0;
  }
}

/** Those that had certainly been signed by the end of a month. */
function keepUntil(mask, { signed, span, epoch }, month) {
  for (let n = 0; n < mask.length; n += 1) {
    if (!signed[n] || epoch + signed[n] - 1 + span[n] > month) mask[n] = 0;
  }
}
