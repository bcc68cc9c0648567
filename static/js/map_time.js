// Playing the signings through time: a month for every step, up to which projects are drawn.

const PACE = 140; // ms a month

/** Fits the player into its box. `go` is called with a month counted from year 0 and gives back how
 * many projects are drawn then; null ends it. */
export function offerTime(box, go) {
  const [play, slider, said] = ["[data-play]", "input", "output"].map((s) => box.querySelector(s));
  let range = null;
  let running = null;

  box.querySelector("[data-close]").addEventListener("click", end);
  play.addEventListener("click", () => (running ? stop() : start()));
  slider.addEventListener("input", () => {
    stop();
    show();
  });

  function start() {
    if (Number(slider.value) >= range.last) slider.value = range.first;
    play.textContent = "暂停";
    running = setInterval(step, PACE);
    show();
  }

  function step() {
    slider.value = Number(slider.value) + 1;
    show();
    if (Number(slider.value) >= range.last) stop();
  }

  function stop() {
    clearInterval(running);
    running = null;
    play.textContent = "播放";
  }

  function show() {
    const month = Number(slider.value);
    const number = go(month);
    const words = `${Math.floor(month / 12)} 年 ${(month % 12) + 1} 月`;
    slider.setAttribute("aria-valuetext", words);
    said.textContent = `到 ${words}累计签约 ${number.toLocaleString("zh-CN")} 个`
      + (range.undated ? `；${range.undated.toLocaleString("zh-CN")} 个没有签约日期，不在其中` : "");
  }

  function end() {
    if (box.hidden) return;
    stop();
    box.hidden = true;
    go(null);
  }

  return {
    /** `first` and `last` month, and how many projects are not dated. */
    open(months) {
      range = months;
      slider.min = range.first;
      slider.max = range.last;
      slider.value = range.last;
      box.hidden = false;
      show();
      play.focus();
    },
    end,
  };
}
