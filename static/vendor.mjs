// Copies the files that the pages load from node_modules/ to static/vendor/ (npm run vendor).
// Whatever is not named here is not served.

import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FILES = {
  bootstrap: ["LICENSE"], // parts of it are in built/liantu.css
  echarts: ["dist/echarts.common.min.js", "LICENSE", "NOTICE", "licenses"],
  leaflet: ["dist/leaflet.js", "LICENSE"],
  "leaflet.fullscreen": ["dist/Control.FullScreen.umd.js", "LICENSE.md"],
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const vendor = join(root, "static", "vendor");

await rm(vendor, { recursive: true, force: true });
for (const [name, paths] of Object.entries(FILES)) {
  for (const path of paths) {
    const target = join(vendor, name, path.replace(/^dist(\/|$)/, ""));
    await mkdir(dirname(target), { recursive: true });
    await cp(join(root, "node_modules", name, path), target, { recursive: true });
  }
}
