import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { asInFile } from '../../../src/cluster/file-spelling.ts';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { translatorOptionsFor } from '../../../src/cluster/translator-options.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'deploy/examples');
const examples = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('the examples', () => {
  it.each(examples)('$name has no mistake and gives every node its translators', ({ name, text }) => {
    const config = parseClusterText(text, name);
    for (const node of Object.keys(config.nodes)) {
      for (const instance of Object.keys(config.instances)) {
        expect(translatorOptionsFor(config, node, instance, '00').pool6).not.toEqual([]);
      }
    }
  });

  it.each(examples)('$name is the same again when it is read as `config show` prints it', ({ name, text }) => {
    const config = parseClusterText(text, name);
    expect(parseClusterText(stringify(asInFile(config)), name)).toEqual(config);
  });

  it('hold the file that the readme shows', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toContain(examples.find(({ name }) => name === 'pair.yaml')?.text);
  });
});
