// Contracted amounts by county up to a month, from the ledger's own sums (/map/sums).

import { months } from "./point_filter.js";

export async function loadMonthSums(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return new MonthSums(await response.json());
}

class MonthSums {
  constructor(sums) {
    this.sums = sums;
    this.at = sums.months.map((month) => (month ? months(month)[0] : null));
  }

  /** 亿元 by county code, of all that had certainly been signed by the end of a month, of a chain and
   * a period where they are chosen. */
  upTo(month, { chain, period }) {
    const { county, counties, chain: chains, chains: names, first, last, contracted } = this.sums;
    const [from, to] = period ? months(period) : [-Infinity, Infinity];
    const found = new Map();
    for (let k = 0; k < county.length; k += 1) {
      const [begin, end] = [this.at[first[k]], this.at[last[k]]];
      if (begin === null || end > month || begin > to || end < from) continue;
      if (chain && names[chains[k]] !== chain) continue;
      const code = counties[county[k]];
      found.set(code, (found.get(code) ?? 0) + contracted[k] / 10000);
    }
    return found;
  }
}
