// Makes static/built/, what the pages load, from static/js and static/css (npm run build): each page has
// one script and few style sheets, because thirty files take a browser longer to ask for than to read.

import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileAsync } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = process.argv[2] ?? join(root, "static", "built");

/** Bootstrap comes as Sass. It still speaks of functions that Sass will drop; that is Bootstrap's to mend. */
const sass = {
  name: "sass",
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const loadPaths = [join(root, "node_modules")];
      const silenceDeprecations = ["import"];
      const { css } = await compileAsync(path, { loadPaths, silenceDeprecations, quietDeps: true });
      return { contents: css, loader: "css" };
    });
  },
};

await rm(built, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [...(await files("js/pages", ".js")), ...(await files("css", ".css"))],
  entryNames: "[name]",
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: "chrome109", // what offices have
  charset: "utf8",
  external: ["../vendor/*"],
  loader: { ".png": "dataurl", ".svg": "dataurl" },
  plugins: [sass],
  logLevel: "warning",
});

async function files(folder, ending) {
  const names = await readdir(join(root, "static", folder));
  return names.filter((name) => name.endsWith(ending)).map((name) => join("static", folder, name));
}
