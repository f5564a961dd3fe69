// Bundles entry.js into vega_bundle.js, which begins with the licences of every package in it; LICENSES.txt has them too.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const folder = process.argv[2];
const result = await build({
  entryPoints: ["entry.js"],
  write: false,
  bundle: true,
  minify: true,
  format: "iife",
  charset: "ascii",
  target: "es2020",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const inside = new Set();
for (const file of Object.keys(result.metafile.inputs)) {
  const found = file.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/);
  if (found) inside.add(found[0]);
}
let text = "The packages inside vega_bundle.js, with their licences.\n";
for (const from of [...inside].sort()) {
  const about = JSON.parse(readFileSync(`${from}/package.json`, "utf8"));
  const file = readdirSync(from).sort().find(one => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${from} has no licence file`);
  text += `\n${"=".repeat(80)}\n${about.name} ${about.version}: ${about.license}\n\n`;
  text += readFileSync(`${from}/${file}`, "utf8").replace(/\r/g, "").replace(/[ \t]+$/gm, "").trim() + "\n";
}
writeFileSync(`${folder}/LICENSES.txt`, text);
if (text.includes("*/")) throw new Error("a licence would end the comment");
writeFileSync(`${folder}/vega_bundle.js`, `/*\n${text}*/\n${result.outputFiles[0].text}`);
