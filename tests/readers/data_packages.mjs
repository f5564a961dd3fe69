// Folders whose datapackage.json is what Frictionless asks for: valid by its profile, every cell of its type.
//   node tests/readers/data_packages.mjs MODULES FOLDER...     MODULES: a node_modules with the npm package datapackage
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { readFileSync, readdirSync } from "node:fs";

const [modules, ...folders] = process.argv.slice(2);
const { Package } = createRequire(resolve(modules) + "/")("datapackage");
let failures = 0;
const check = (holds, problem) => {
  if (!holds) console.log(`${++failures}: ${problem}`);
};

let tables = 0;
let rows = 0;
for (const folder of folders) {
  const described = await Package.load(`${folder}/datapackage.json`, { basePath: folder });
  check(described.valid, `${folder}: ${described.errors.map((one) => one.message).slice(0, 3)}`);
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv") && !file.startsWith("figure-")).sort();
  check(described.resources.map((one) => one.descriptor.path).sort().join() === files.join(), `${folder}: not all of ${files}`);
  for (const table of described.resources) {
    try {
      rows += (await table.read()).length;
      tables += 1;
    } catch (error) {
      check(false, `${folder}/${table.name}: ${[error, ...(error.errors ?? [])].slice(0, 3).map((one) => one.message)}`);
    }
  }
}

// The check can fail: a package without resources, and a cell that is no number.
const own = JSON.parse(readFileSync(`${folders[0]}/datapackage.json`, "utf8"));
check(!(await Package.load({ ...own, resources: [] })).valid, "a package without resources passed");
const faulty = { ...own, resources: [{ ...own.resources[0], path: undefined, data: undefined }] };
check(!(await Package.load(faulty)).valid, "a resource without data passed");
const summary = own.resources.find((one) => one.path === "summary.csv" || one.path === "merged.csv");
const inline = { name: "x", profile: "tabular-data-resource", schema: summary.schema,
  data: [summary.schema.fields.map((one) => one.name), summary.schema.fields.map(() => "many")] };
const read = await Package.load({ profile: "tabular-data-package", resources: [inline] });
check(await read.resources[0].read().then(() => false, () => true), "a cell of another type passed");

console.log(`${folders.length} packages, ${tables} tables, ${rows} rows read; ${failures} failures`);
process.exit(failures ? 1 : 0);
