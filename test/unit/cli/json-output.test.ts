import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { jsonOutputsSchema, OUTPUTS } from '../docs/json-outputs.ts';

const PAIR = 'deploy/examples/pair.yaml';
const HISTORY = {
  time: 1,
  drill: 'drain',
  target: 'gw1',
  user: 'root',
  verdict: 'pass',
  outageMs: 0,
  lost: 0,
  brokenTcp: 0,
};

describe('what a command prints with --json that needs no agent', () => {
  let folder = '';
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } });
  ajv.addVocabulary(['x-unit']);
  ajv.addSchema(jsonOutputsSchema(), 'isthmus');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
    copyFileSync(PAIR, join(folder, 'pair.yaml'));
    writeFileSync(join(folder, 'broken.yaml'), 'cluster: 7\nnodes: {}\n');
    writeFileSync(join(folder, 'tayga.conf'), 'prefix 64:ff9b::/96\nipv4-addr 192.0.2.1\ndynamic-pool 192.0.2.0/24\n');
    writeFileSync(join(folder, 'drills.jsonl'), `${JSON.stringify(HISTORY)}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  async function printed(argv: readonly string[]): Promise<unknown[]> {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await buildProgram().parseAsync([...argv], { from: 'user' });
    return lines.map((line): unknown => JSON.parse(line));
  }

  const at = (name: string): string => `FOLDER/${name}`;
  const commands: readonly [definition: string, argv: readonly string[]][] = [
    ['ConfigSummary', ['config', 'check', at('pair.yaml')]],
    ['ConfigMistakes', ['config', 'check', at('broken.yaml')]],
    ['ConfigMistakes', ['config', 'diff', at('pair.yaml'), at('broken.yaml')]],
    ['ClusterFile', ['config', 'show', at('pair.yaml')]],
    ['ClusterFile', ['config', 'show', at('pair.yaml'), '--effective']],
    ['ReloadPlan', ['config', 'diff', at('pair.yaml'), at('pair.yaml')]],
    ['Imported', ['config', 'import', 'tayga', at('tayga.conf')]],
    ['Failure', ['config', 'import', 'tayga', at('nothing.conf')]],
    ['Made', ['config', 'init-secret', at('secret')]],
    ['Failure', ['config', 'init-secret', at('no/secret')]],
    ['Made', ['config', 'init-tls', at('pair.yaml'), '--out', at('tls')]],
    ['Drill', ['drill', 'list']],
    ['DrillHistory', ['drill', 'history', '--state-dir', at('')]],
    ['Failure', ['drill', 'plan', 'nothing']],
    ['Failure', ['namespaces', '--config', at('nothing.yaml'), '--node', 'gw1']],
    ['Failure', ['withdraw', '--config', at('nothing.yaml'), '--node', 'gw1', '--run-dir', at('')]],
  ];

  it.each(commands)('is a %s of %j', async (definition, argv) => {
    const values = await printed([...argv.map((word) => word.replace('FOLDER', folder)), '--json']);
    const shape = OUTPUTS.find(({ command }) => argv.join(' ').startsWith(command))?.shape;
    const each = shape === 'list' ? values.flat() : values;
    expect(each.length).toBeGreaterThan(0);
    const validate = ajv.getSchema(`isthmus#/$defs/${definition}`);
    for (const value of each) expect([validate?.(value), validate?.errors, value]).toEqual([true, null, value]);
  });
});
