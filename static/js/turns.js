// Giving the browser its turn.

/** Lets the browser do what waits, but for showing what has changed so far, where it can. */
export function soon() {
  return window.scheduler?.postTask ? scheduler.postTask(() => {}, { priority: "user-blocking" }) : pause();
}

/** Lets the browser do what waits. */
export function pause(ms = 0) {
  return new Promise((done) => setTimeout(done, ms));
}

/** Waits until what stands on the page has been shown: the frame that draws it is over when the next one
 * begins. A page that is not in sight has no frames: then a tenth of a second has to do. */
export function shown() {
  const twice = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
  return Promise.race([new Promise(twice), pause(100)]);
}
