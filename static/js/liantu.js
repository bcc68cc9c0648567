// What every page does: the selection bar submits itself, and its address can be copied.

const bar = document.querySelector("[data-bar]");

if (bar) {
  bar.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) {
      for (const field of bar.elements) {
        if (field.name && !field.value) field.disabled = true;
      }
      const tidy = document.createElement("input");
      tidy.type = "hidden";
      tidy.name = "bar";
      tidy.value = "1";
      bar.append(tidy);
      bar.submit();
    }
  });
  // Coming back through the history must not leave fields disabled.
  window.addEventListener("pageshow", () => {
    for (const field of bar.elements) field.disabled = false;
    bar.querySelector("input[name=bar]")?.remove();
  });
}

for (const button of document.querySelectorAll("[data-copy-link]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    say((await copy(location.href)) ? "链接已复制" : "没能复制：请从地址栏复制");
  });
}

/** Says a short thing at the foot of the page, also to a screen reader. */
export function say(text) {
  const line = document.getElementById("toast");
  line.textContent = text;
  line.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => line.classList.remove("shown"), 2500);
}

/** Whether the text reached the clipboard. An intranet address is no secure context, so the
 * clipboard interface may be missing; the old command still works there. */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // falls through to the old way
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// A page's own filter: empty fields stay out of the address. One whose fields are boxes and lists
// applies itself; its button stays for those who type.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && !field.value) field.disabled = true;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
  if (!("autoSubmit" in form.dataset)) continue;
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });
}
