// The search box: a combobox over counties, zones, sites and the projects of the ledger.

const MOST = 8;
const WAIT = 150; // ms without a key before the ledger is asked

/** `entries` gives the places that can be found, `ask` the projects with a text in them;
 * `open` is called with the entry chosen. */
export function offerSearch(entries, ask, open) {
  const field = document.getElementById("map-search");
  const list = document.getElementById("map-found");
  let found = [];
  let active = -1;
  let waiting = null;

  field.addEventListener("input", () => {
    found = matching(entries(), field.value);
    show(found.length ? 0 : -1, true);
    clearTimeout(waiting);
    if (field.value.trim()) waiting = setTimeout(look, WAIT);
  });

  async function look() {
    const text = field.value;
    const projects = await ask(text.trim()).catch(() => []);
    if (field.value !== text || document.activeElement !== field) return;
    found = [...matching(entries(), text), ...projects].slice(0, MOST);
    show(found.length ? Math.max(active, 0) : -1);
  }
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      show((active + step + found.length) % found.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      close();
    }
  });
  field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && close(), 150));

  function show(chosen, searching = false) {
    active = chosen;
    const nothing = field.value.trim() && !found.length && !searching;
    list.replaceChildren(...found.map(option));
    if (nothing) list.append(line("没有找到", ""));
    list.hidden = !found.length && !nothing;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) field.setAttribute("aria-activedescendant", `found-${active}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function option(entry, n) {
    const item = line(entry.text, entry.kind);
    item.id = `found-${n}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(n === active));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(n);
    });
    return item;
  }

  function choose(n) {
    const entry = found[n];
    close();
    field.value = entry.text;
    open(entry);
  }

  function close() {
    clearTimeout(waiting);
    found = [];
    active = -1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
}

function line(text, kind) {
  const item = document.createElement("li");
  const word = document.createElement("span");
  word.textContent = text;
  const small = document.createElement("small");
  small.textContent = kind;
  item.append(word, small);
  return item;
}

/** Names that begin with the words come first, then names that hold them, then the rest. */
function matching(entries, words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const hits = entries.filter((e) => `${e.text} ${e.also || ""}`.toLowerCase().includes(wanted));
  const late = ({ text }) => [0, 1, 2].find((n) => [
    text.toLowerCase().startsWith(wanted), text.toLowerCase().includes(wanted), true,
  ][n]);
  return hits.sort((a, b) => late(a) - late(b)).slice(0, MOST);
}
