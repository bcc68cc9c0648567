// Two people changed the same row: both values side by side, and the second one chooses.

/** The cells to write, by field; an empty object for "theirs throughout", null for going back. */
export function settle(conflict) {
  const { promise, resolve } = deferred();
  const dialog = document.createElement("dialog");
  dialog.className = "clash";
  const form = document.createElement("form");
  form.method = "dialog";
  const save = button("按选择保存", "btn btn-primary", "save");
  const back = button("回去再改", "btn btn-outline-primary", "back");
  back.formNoValidate = true;
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(back, save);
  form.append(title(), told(conflict), rows(conflict), actions);
  dialog.append(form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const chosen = new FormData(form);
    dialog.remove();
    if (dialog.returnValue !== "save") return resolve(null);
    const mine = conflict.clashes.filter((one) => chosen.get(one.field) === "mine");
    resolve(Object.fromEntries(mine.map((one) => [one.field, one.mine])));
  });
  dialog.showModal();
  return promise;
}

function title() {
  const head = document.createElement("h2");
  head.textContent = "这个项目刚被别人改过";
  return head;
}

function told(conflict) {
  const line = document.createElement("p");
  const at = conflict.at ? `在 ${new Date(conflict.at).toLocaleString("zh-CN")} ` : "";
  line.textContent = `${conflict.by} ${at}改了它，你的修改还没有保存。请逐项选用哪一个。`;
  return line;
}

function rows(conflict) {
  const table = document.createElement("table");
  table.className = "grid clash-table";
  const head = table.createTHead().insertRow();
  for (const word of ["字段", "原来", `${conflict.by}改成`, "你要改成"]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = word;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const one of conflict.clashes) {
    const tr = body.insertRow();
    text(tr, one.field);
    text(tr, one.base || "（空）");
    if (one.both) {
      choice(tr, one.field, "theirs", one.theirs);
      choice(tr, one.field, "mine", one.mine);
    } else {
      text(tr, one.theirs || "（空）");
      text(tr, one.mine === null ? "—" : "相同");
    }
  }
  return table;
}

function text(tr, words) {
  tr.insertCell().textContent = words;
}

function choice(tr, field, value, words) {
  const label = document.createElement("label");
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = field;
  radio.value = value;
  radio.required = true;
  radio.className = "form-check-input";
  label.append(radio, ` ${words || "（空）"}`);
  tr.insertCell().append(label);
}

function button(words, look, value) {
  const made = document.createElement("button");
  made.className = look;
  made.value = value;
  made.textContent = words;
  return made;
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
