// Bundles the islands into one folder, with the licences of everything that is in them.
// node build.mjs [--outdir=FOLDER] [--watch]

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const given = process.argv.find((word) => word.startsWith("--outdir="));
const outdir = given ? given.slice("--outdir=".length) : resolve(here, "../api/static/bundle");

const options = {
  absWorkingDir: here,
  entryPoints: ["src/graph.ts", "src/map.ts", "src/sparql.ts"],
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  chunkNames: "part-[hash]",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** The folders of the packages that a bundle is made of. */
function packages(metafile) {
  const inputs = Object.keys(metafile.inputs);
  const found = inputs.map((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set([...found.filter(Boolean), "node_modules/world-atlas"])].sort();
}

/** A package's name and version, and the text of its licence. */
function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json")));
  const file = readdirSync(join(here, folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(here, folder, file), "utf8")}`;
}

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
cpSync(join(here, "node_modules/world-atlas/land-50m.json"), join(outdir, "land.json"));
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  const { metafile } = await esbuild.build(options);
  const texts = packages(metafile).map(licence);
  writeFileSync(join(outdir, "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}
