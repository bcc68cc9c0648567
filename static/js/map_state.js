// What the map page shows, and the address that says so: a reload and Back show it again.

export const FILTERS = ["chain", "link", "stage", "period"];
const KEYS = ["place", ...FILTERS, "shade", "project", "site"];

export class MapState {
  /** `changed` is called with what is shown now and what was shown before. */
  constructor(changed) {
    this.now = readState();
    this.changed = changed;
    // Back and forward step through what was looked at.
    window.addEventListener("popstate", () => this.become(readState(), false));
  }

  /** Shows something else; what is not named stays. `focus`: whether the panel is to be read next. */
  set(changes, { focus = false } = {}) {
    const wanted = { ...this.now, ...changes };
    if (wanted.chain !== this.now.chain && wanted.link === this.now.link) wanted.link = null;
    this.become(wanted, true, focus);
  }

  become(wanted, step, focus = false) {
    const before = this.now;
    this.now = wanted;
    const url = this.address(new URL(location.href));
    if (step && url.href !== location.href) history.pushState(null, "", url);
    this.changed(wanted, before, focus);
  }

  /** A URL with what is shown in its query. */
  address(url) {
    for (const name of KEYS) {
      if (this.now[name]) url.searchParams.set(name, this.now[name]);
      else url.searchParams.delete(name);
    }
    return url;
  }

  /** The query of what is selected, without project and site. */
  query() {
    const url = this.address(new URL(location.href));
    url.searchParams.delete("project");
    url.searchParams.delete("site");
    return url.searchParams;
  }
}

/** What the page's address says is shown. */
export function readState() {
  const query = new URLSearchParams(location.search);
  const found = Object.fromEntries(KEYS.map((name) => [name, query.get(name) || null]));
  return { ...found, site: found.site && Number(found.site) };
}
