// The projects on the map: which of them are drawn, in which colours, and what a pointer finds.

import { fetchColumns } from "./columns.js";
import { endPicture } from "./first_picture.js";
import L from "./leaflet.js";
import { total } from "./point_filter.js";
import { PointLayer } from "./point_layer.js";
import { viewOf } from "./point_view.js";

const WAIT = 120; // ms that a pointer rests before a name is asked for
const MOST_NAMED = 5;

export class Projects {
  /** `open` is called with the code of the project that is clicked, `hovered` with the points under
   * the pointer, or null. */
  constructor(points, map, group, data, open, hovered = () => {}) {
    Object.assign(this, { points, map, data, open, hovered, names: new Map(), by: "chain", until: null, marked: null });
    this.layer = new PointLayer(points).addTo(group);
    this.tip = L.tooltip({ direction: "top", opacity: 1, offset: [0, -6], interactive: false });
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout zoomstart movestart", () => this.leave());
    map.on("click", () => this.layer.spread(null));
  }

  /** Draws what a state of the page means. */
  show(now) {
    this.layer.show(this.view(now));
    endPicture();
  }

  /** The same for the first time, with turns for the page in between. */
  async appear(now) {
    await this.layer.appear(this.view(now));
    endPicture();
  }

  view(now) {
    this.now = now;
    const view = viewOf(this.points, this.data, now, this);
    this.mask = view.mask;
    return view;
  }

  /** Those drawn at this moment. */
  get count() {
    return total(this.mask);
  }

  /** By chain, stage or overdue milestone; the last is asked for when it is first wanted. */
  async colourBy(by) {
    if (by === "overdue" && !this.overdue) {
      const { head, columns } = await fetchColumns(this.data.overdue);
      if (head.revision !== this.points.revision) throw new Error("revision");
      this.overdue = columns.overdue;
    }
    this.by = by;
    this.show(this.now);
  }

  /** Only what had been signed by the end of a month (null: everything). */
  playTo(month) {
    this.until = month;
    this.show(this.now);
  }

  /** Points that stand out for another view's sake: 1 for each of them, or null. */
  mark(strong) {
    this.marked = strong;
    this.show(this.now);
  }

  /** Whether a click at a pixel of the map's container was for the projects. */
  click(pixel) {
    const found = pixel && this.layer._map && this.layer.at(pixel);
    if (!found) return false;
    this.leave();
    if (found.members.length === 1) this.open(this.points.code(found.members[0]));
    else if (this.layer.isOneSpot(found.members)) this.layer.spread(found);
    else this.map.fitBounds(this.layer.boundsOf(found.members), { padding: [40, 40], maxZoom: this.map.getMaxZoom() });
    return true;
  }

  hover({ containerPoint }) {
    const found = this.layer._map ? this.layer.at(containerPoint) : null;
    this.map.getContainer().classList.toggle("over-project", Boolean(found));
    const key = found && `${found.x} ${found.y}`;
    if (key === this.under) return;
    this.leave();
    this.hovered(found?.members ?? null);
    if (!found) return;
    this.under = key;
    this.resting = setTimeout(() => this.tell(found), WAIT);
  }

  leave() {
    clearTimeout(this.resting);
    this.under = null;
    this.tip.remove();
  }

  async tell({ members, x, y, heap }) {
    const key = this.under;
    const at = this.map.layerPointToLatLng(L.point(x, y).add(this.layer._bounds.min));
    const text = heap ? this.sumUp(members) : await this.describe(members);
    if (this.under === key) this.tip.setLatLng(at).setContent(text).addTo(this.map);
  }

  /** The tooltip of projects on one spot, built of text nodes: nothing of the ledger is parsed. */
  async describe(members) {
    const some = members.slice(0, MOST_NAMED);
    const codes = some.map((n) => this.points.code(n));
    await this.learn(codes);
    const box = document.createElement("div");
    for (const [k, n] of some.entries()) {
      const [name] = this.names.get(codes[k]) ?? [codes[k]];
      box.append(line("b", name), line("div", this.facts(n)));
    }
    if (members.length > some.length) box.append(line("div", `……共 ${members.length} 个，点一下散开`));
    return box;
  }

  facts(n) {
    const { chains, chain, stages, stage, unconfirmed, placings, placing } = this.points;
    const far = unconfirmed[n] ? `${stages[stage[n]].name}·待核实` : stages[stage[n]].name;
    const late = this.by === "overdue" && this.overdue[n] ? "里程碑逾期" : "";
    return [chains[chain[n]].name, far, late, `位置精度:${placings[placing[n]].label}`].filter(Boolean).join(" · ");
  }

  sumUp(members) {
    const { points } = this;
    const box = document.createElement("div");
    box.append(line("b", `${members.length.toLocaleString("zh-CN")} 个项目`));
    const by = this.by === "stage" ? ["stage", "stages"] : ["chain", "chains"];
    const shares = new Map();
    for (const n of members) shares.set(points[by[0]][n], (shares.get(points[by[0]][n]) || 0) + 1);
    const most = [...shares].sort((a, b) => b[1] - a[1]).slice(0, 3);
    box.append(line("div", most.map(([k, number]) => `${points[by[1]][k].name} ${number}`).join("，")));
    box.append(line("div", "点一下放大"));
    return box;
  }

  /** Asks what projects are called, once for each. */
  async learn(codes) {
    const unknown = codes.filter((code) => !this.names.has(code));
    if (!unknown.length) return;
    const query = new URLSearchParams(unknown.map((code) => ["code", code]));
    const response = await fetch(`${this.data.names_of}?${query}`).catch(() => null);
    if (!response?.ok) return;
    for (const [code, words] of Object.entries(await response.json())) this.names.set(code, words);
  }
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
