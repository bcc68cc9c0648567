// One cell, edited in place. Enter saves, Esc gives up, leaving the field saves.

import { say } from "./liantu.js";
import { settle } from "./ledger_clash.js";

const LONG = new Set(["备注", "产品", "项目名称", "建设规模", "信息来源"]);
const HINTS = {
  环节: "几个环节用顿号分开",
  签约日期: "2023-05-12、2023-05、2023-Q2 或 2023",
};
let open = false;

/** `done(row, saved)` is called when the field closes; row is null where nothing changed. */
export async function editCell({ cell, canvas, code, field, unit, data, columns, done }) {
  if (open) return;
  open = true;
  let held;
  try {
    held = await ask(data.cells, code, columns);
  } catch (error) {
    open = false;
    say(error.message);
    return;
  }
  const was = held.cells[field] ?? "";
  const box = document.createElement("div");
  box.className = "cell-editor";
  const input = control(field, was, data);
  input.setAttribute("aria-label", field);
  const message = document.createElement("div");
  message.setAttribute("role", "alert");
  box.append(input, hint(field, unit), message);
  place(box, cell, canvas);
  canvas.append(box);
  input.focus();
  if (input.select) input.select();
  let version = held.version;
  let busy = false;

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close(null, false);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    } else if (event.key === "Tab") {
      event.preventDefault();
      save();
    }
  });
  input.addEventListener("blur", () => {
    if (open && !busy) save();
  });
  if (input instanceof HTMLSelectElement) input.addEventListener("change", save);

  function close(row, saved) {
    if (!open) return;
    open = false;
    box.remove();
    done(row, saved);
  }

  async function save() {
    if (busy || !open) return;
    if (input.value.trim() === was) return close(null, false);
    busy = true;
    try {
      const answer = await change(data, code, columns, version, { [field]: input.value });
      if (answer.status === 200) {
        for (const remark of answer.body.remarks) say(remark);
        close(answer.body.row, answer.body.saved);
      } else if (answer.status === 422) {
        wrong(Object.values(answer.body.problems).join("；"));
      } else if (answer.status === 409) {
        await choose(answer.body);
      } else {
        wrong(answer.body?.error?.message || "没有保存成功，请再试一次");
      }
    } catch {
      wrong("没有连上服务，还没有保存，请再试一次");
    }
    busy = false;
  }

  /** Somebody else was first. What was typed stays in the field until a choice is made. */
  async function choose(conflict) {
    const mine = await settle(conflict);
    if (mine === null) {
      version = conflict.version;
      input.focus();
      return;
    }
    const answer = await change(data, code, columns, conflict.version, mine);
    if (answer.status === 200) close(answer.body.row, Object.keys(mine).length > 0);
    else if (answer.status === 409) await choose(answer.body);
    else wrong("没有保存成功，请再试一次");
  }

  function wrong(text) {
    message.className = "cell-message";
    message.textContent = text;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
}

function control(field, value, data) {
  const words = data.choices[field];
  if (words) return list(words, value);
  const input = document.createElement(LONG.has(field) ? "textarea" : "input");
  input.className = "form-control";
  input.value = value;
  input.spellcheck = false;
  if (field === "环节") {
    input.setAttribute("list", linkList(data));
    input.autocomplete = "off";
  }
  return input;
}

function list(words, value) {
  const select = document.createElement("select");
  select.className = "form-select";
  for (const word of words.includes(value) ? words : [value, ...words]) {
    const option = document.createElement("option");
    option.value = word;
    option.textContent = word || "（空）";
    option.selected = word === value;
    select.append(option);
  }
  return select;
}

function linkList(data) {
  const id = "ledger-links";
  if (!document.getElementById(id)) {
    const made = document.createElement("datalist");
    made.id = id;
    for (const name of data.links) made.append(new Option(name, name));
    document.body.append(made);
  }
  return id;
}

function hint(field, unit) {
  const text = HINTS[field] || (field.endsWith("日期") ? HINTS.签约日期 : "");
  const line = document.createElement("div");
  line.className = "cell-hint";
  line.textContent = unit ? `单位：${unit}，也可以在数后面写明单位` : text;
  line.hidden = !line.textContent;
  return line;
}

function place(box, cell, canvas) {
  const from = canvas.getBoundingClientRect();
  const at = cell.getBoundingClientRect();
  box.style.top = `${at.top - from.top}px`;
  box.style.left = `${Math.max(0, Math.min(at.left - from.left, from.width - 190))}px`;
  box.style.width = `${Math.max(at.width, 190)}px`;
}

async function ask(address, code) {
  const url = address.replace("CODE", encodeURIComponent(code));
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("没有读到这个项目，请刷新页面");
  return response.json();
}

async function change(data, code, columns, version, cells) {
  const url = new URL(data.change.replace("CODE", encodeURIComponent(code)), location.href);
  for (const key of columns) url.searchParams.append("col", key);
  const response = await fetch(url, {
    method: "PATCH",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
    },
    body: JSON.stringify({ version, cells }),
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}
