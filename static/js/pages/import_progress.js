// A job under way: asks how far it is, and shows the result when it is over.

import "../liantu.js";

const EVERY = 700;
const job = document.querySelector("[data-job]");

if (job) {
  const message = job.querySelector("[data-message]");
  const bar = job.querySelector("[data-bar-value]");
  const count = job.querySelector("[data-count]");
  const unit = job.dataset.unit ?? " 行";
  let silent = 0;

  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.json());
      silent = 0;
    } catch {
      silent += 1;
      if (silent > 5) count.textContent = "和服务器的连接断了，正在重试。";
    }
    setTimeout(ask, EVERY);
  };

  const show = (status) => {
    if (status.over) {
      location.replace(location.pathname);
      return;
    }
    message.textContent = status.message;
    if (status.total) {
      bar.max = status.total;
      bar.value = status.done;
      const done = status.done.toLocaleString("en");
      count.textContent = `${done} / ${status.total.toLocaleString("en")}${unit}`;
    } else {
      bar.removeAttribute("value");
      count.textContent = "请稍候";
    }
  };

  setTimeout(ask, EVERY);
}
