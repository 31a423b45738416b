// Writes the manual pages, the completion scripts and the schema of a package. Usage: pages-main.js FOLDER VERSION DATE
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clusterJsonSchema } from '../../cluster/json-schema.ts';
import { buildProgram } from '../program.ts';
import { commandTree } from './command-tree.ts';
import { bashCompletion, fishCompletion, zshCompletion } from './completion.ts';
import { clusterFilePage, commandPages } from './manual-pages.ts';

const [folder, version, date] = process.argv.slice(2);
if (folder === undefined || version === undefined || date === undefined) {
  throw new Error('usage: pages-main.js FOLDER VERSION DATE');
}
const tree = commandTree(buildProgram());
const schema = clusterJsonSchema();
const files = new Map([
  ['config.schema.json', `${JSON.stringify(schema, null, 2)}\n`],
  ['completion/isthmus.bash', bashCompletion(tree)],
  ['completion/_isthmus', zshCompletion(tree)],
  ['completion/isthmus.fish', fishCompletion(tree)],
]);
for (const { file, text } of [...commandPages(buildProgram(), version, date), clusterFilePage(schema, version, date)]) {
  files.set(`man/${file}`, text);
}
for (const [name, text] of files) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
