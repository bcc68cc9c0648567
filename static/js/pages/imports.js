// Choosing a file: dragged or picked, checked for its size before it travels, and its progress.

import "../liantu.js";

const form = document.querySelector("[data-upload]");

if (form) {
  const limit = Number(form.dataset.limit);
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const name = form.querySelector("[data-name]");
  const fault = form.querySelector("[data-fault]");
  const sent = form.querySelector("[data-sent]");
  const button = form.querySelector("[data-send]");
  const untouched = name.textContent;

  const complain = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
  };

  const fits = () => {
    const file = field.files[0];
    name.textContent = file ? `${file.name}（${size(file.size)}）` : untouched;
    drop.classList.toggle("chosen", Boolean(file));
    const large = file && file.size > limit;
    complain(large ? `文件有 ${size(file.size)}，最大 ${size(limit)}。请分成几个文件再导入。` : "");
    return !large;
  };

  field.addEventListener("change", fits);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      fits();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fits()) return;
    button.disabled = true;
    sent.hidden = false;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) sent.value = (100 * step.loaded) / step.total;
    });
    request.addEventListener("load", () => arrive(request));
    request.addEventListener("error", () => stop("没能上传：和服务器的连接断了，请再试一次。"));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });

  const stop = (text) => {
    complain(text);
    button.disabled = false;
    sent.hidden = true;
  };

  const arrive = (request) => {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // an answer that is none of ours says nothing
    }
    if (answer.url) location.assign(answer.url);
    else stop(answer.error?.message || "没能上传，请刷新页面再试一次。");
  };

  window.addEventListener("pageshow", () => {
    stop(fault.textContent);
    fits();
  });
}

function size(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
