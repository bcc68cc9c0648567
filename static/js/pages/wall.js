// The wall asks for its numbers every minute and puts them where they stand; nothing is drawn anew.

const EVERY = 60_000;
const PATIENCE = 20_000;
const { source, shape } = document.body.dataset;
const silent = document.getElementById("silent");
const time = document.querySelector("#as-of time");

/** How a value reaches its place: as text, as a length in per cent, as a colour. */
const WAYS = {
  text: (element, value) => element.textContent !== value && (element.textContent = value),
  width: (element, value) => element.setAttribute("width", `${value}%`),
  height: (element, value) => element.setAttribute("height", `${value}%`),
  x: (element, value) => element.setAttribute("x", `${value}%`),
  y: (element, value) => element.setAttribute("y", `${value}%`),
  fill: (element, value) => element.setAttribute("fill", value),
};
const places = Object.entries(WAYS).flatMap(([way, put]) =>
  [...document.querySelectorAll(`[data-${way}]`)].map((element) => [element.dataset[way], (value) => put(element, value)]),
);

async function ask() {
  try {
    const answer = await fetch(source, { signal: AbortSignal.timeout(PATIENCE) }); // asks with its ETag
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (now.shape !== shape) return location.reload(); // another version, chain or county
    for (const [place, put] of places) put(now.texts[place]);
    time.textContent = clock(new Date(answer.headers.get("Date") || Date.now()));
    silent.hidden = true;
  } catch {
    silent.textContent = `服务没有应答，显示的是 ${time.textContent} 的数字`;
    silent.hidden = false;
  }
  setTimeout(ask, EVERY);
}

const clock = (at) => at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

setTimeout(ask, EVERY);
