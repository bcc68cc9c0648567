// A part of the selection that a page changed by itself goes on into the bar and the links.

/** `name` is place or link; no value drops it. */
export function carry(name, value) {
  for (const anchor of document.querySelectorAll(".top .tabs a, [data-keep]")) {
    const url = new URL(anchor.href);
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    anchor.href = url.pathname + url.search;
  }
  const bar = document.querySelector("[data-bar]");
  const choice = bar?.querySelector(`select[name=${name}]`);
  if (choice) choice.value = value || "";
  else if (bar) keep(bar, name, value);
}

/** What the bar has no list for travels as a hidden field; its chip would name the old one. */
export function keep(bar, name, value) {
  bar.querySelector(`input[name=${name}]`)?.remove();
  bar.querySelector(".chip")?.remove();
  if (!value) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  bar.append(field);
}
