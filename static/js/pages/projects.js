// The table of the ledger: only the rows in sight stand in the page, the others are fetched as they
// come into sight. Texts reach the page by textContent alone.

import { say } from "../liantu.js";
import { editCell } from "../ledger_edit.js";
import { Rows } from "../ledger_rows.js";
import { moved } from "../ledger_keys.js";

const table = document.getElementById("ledger");
if (table) start(table, JSON.parse(document.getElementById("ledger-data").textContent));

function start(table, data) {
  const scroller = document.getElementById("ledger-scroll");
  const body = table.tBodies[0];
  const head = table.tHead.offsetHeight;
  const height = body.rows[0].getBoundingClientRect().height || 32;
  const above = spacer();
  const below = spacer();
  const standing = new Map(); // row number → its tr
  const rows = new Rows(data, () => draw());
  const active = { row: 0, column: 1, focused: false };
  let planned = 0;

  body.replaceChildren(above, below);
  scroller.addEventListener("scroll", plan, { passive: true });
  new ResizeObserver(plan).observe(scroller);
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", onFocus);
  table.addEventListener("focusout", () => (active.focused = false));
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("td");
    if (cell?.dataset.column) edit(cell);
  });
  draw();

  function plan() {
    planned ||= requestAnimationFrame(draw);
  }

  function draw() {
    planned = 0;
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - 8);
    const last = Math.min(data.total, first + Math.ceil(scroller.clientHeight / height) + 18);
    rows.want(first, last);
    for (const [number, tr] of standing) {
      if (number < first || number >= last || tr.waits !== !rows.at(number)) {
        if (tr.contains(document.activeElement)) leave();
        tr.remove();
        standing.delete(number);
      }
    }
    let next = above.nextSibling;
    for (let number = first; number < last; number += 1) {
      let tr = standing.get(number);
      if (!tr) {
        tr = line(number);
        standing.set(number, tr);
        body.insertBefore(tr, next);
      }
      next = tr.nextSibling;
    }
    above.firstChild.style.height = `${first * height}px`;
    below.firstChild.style.height = `${Math.max(0, data.total - last) * height}px`;
    mark();
  }

  /** The focused row goes out of sight: the keys must still reach us. */
  function leave() {
    scroller.focus({ preventScroll: true });
    active.focused = true;
  }

  function line(number) {
    const row = rows.at(number);
    const tr = document.createElement("tr");
    tr.waits = !row;
    tr.setAttribute("aria-rowindex", number + 2);
    if (!row) tr.className = "waiting";
    data.columns.forEach((column, place) => {
      const td = tr.insertCell();
      if (column.number) td.className = "r";
      td.dataset.column = String(place);
      td.dataset.row = String(number);
      td.tabIndex = -1;
      fill(td, column, row, place);
    });
    return tr;
  }

  function fill(td, column, row, place) {
    const text = row ? row[3][place] : "";
    td.title = text;
    if (row && (column.key === "code" || column.key === "name")) {
      const link = document.createElement("a");
      link.href = data.project.replace("CODE", encodeURIComponent(row[0]));
      link.textContent = text;
      link.tabIndex = -1;
      td.replaceChildren(link);
      if (column.key === "name") td.append(...row[2].flatMap(flag));
    } else {
      td.textContent = text;
    }
  }

  function mark() {
    body.querySelector("td[tabindex='0']")?.setAttribute("tabindex", "-1");
    const cell = at(active.row, active.column);
    if (!cell) return;
    cell.tabIndex = 0;
    if (active.focused && document.activeElement === scroller) cell.focus({ preventScroll: true });
  }

  function at(row, column) {
    return standing.get(row)?.cells[column];
  }

  function onFocus(event) {
    const cell = event.target.closest("td[data-row]");
    if (!cell) return;
    Object.assign(active, { row: +cell.dataset.row, column: +cell.dataset.column, focused: true });
    mark();
  }

  function onKey(event) {
    const cell = event.target.closest("td[data-row]");
    if (!cell || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(cell);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.clientHeight - head) / height) - 1);
    const to = moved(event, active, { rows: data.total, columns: data.columns.length, page });
    if (!to) return;
    event.preventDefault();
    go(to.row, to.column);
  }

  function go(row, column) {
    Object.assign(active, { row, column, focused: true });
    const top = row * height;
    const room = scroller.clientHeight - head - height;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
    draw();
    const cell = at(row, column);
    cell?.focus({ preventScroll: true });
    const pinned = table.rows[0].cells[0].offsetWidth;
    if (cell && column) reveal(cell, pinned);
  }

  function reveal(cell, pinned) {
    const left = cell.offsetLeft - pinned;
    const right = cell.offsetLeft + cell.offsetWidth - scroller.clientWidth;
    if (scroller.scrollLeft > left) scroller.scrollLeft = left;
    else if (scroller.scrollLeft < right) scroller.scrollLeft = right;
  }

  function edit(cell) {
    const number = +cell.dataset.row;
    const column = data.columns[+cell.dataset.column];
    const row = rows.at(number);
    if (!row) return;
    if (!column.field) {
      if (column.key === "code") location.href = cell.querySelector("a").href;
      else say("这一列不能在这里改，请打开项目页");
      return;
    }
    editCell({
      cell,
      canvas: table.parentElement,
      code: row[0],
      field: column.field,
      unit: column.unit,
      data,
      columns: data.columns.map((each) => each.key),
      done: (fresh, saved) => done(number, +cell.dataset.column, fresh, saved),
    });
  }

  function done(number, column, fresh, saved) {
    if (fresh) rows.replace(number, fresh);
    const old = standing.get(number);
    if (old) {
      const tr = line(number);
      old.replaceWith(tr);
      standing.set(number, tr);
    }
    go(number, column);
    if (!saved) return;
    const cell = at(number, column);
    cell.classList.add("just-saved");
    setTimeout(() => cell.classList.remove("just-saved"), 1600);
  }

  function spacer() {
    const tr = document.createElement("tr");
    tr.className = "gap";
    tr.setAttribute("aria-hidden", "true");
    const td = tr.insertCell();
    td.colSpan = data.columns.length;
    return tr;
  }
}

function flag(word) {
  const tag = document.createElement("span");
  tag.className = word === "园区" ? "tag" : "tag tag-warn";
  tag.textContent = word;
  return [" ", tag];
}
