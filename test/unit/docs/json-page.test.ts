import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/control.js';
import { toJson } from '../../../src/cli/json.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { jsonOutputsSchema, OUTPUTS } from './json-outputs.ts';

const SHAPES = { object: 'one object', list: 'a list of them', lines: 'one in each line' } as const;

/** `npm run docs` writes the page anew. */
function jsonPage(): string {
  const rows = OUTPUTS.map(
    ({ command, shape, definition, note }) =>
      `| \`isthmus ${command} --json\` | ${SHAPES[shape]}${note === undefined ? '' : `; ${note}`} | \`${definition}\` |`,
  );
  return `# JSON of the commands

Every command with output takes \`--json\`. [json.schema.json](json.schema.json) describes what each prints (JSON Schema 2020-12, a definition for
each): names, meanings and units, of this release. From 0.2 on names and meanings stay, and fields are only ever added. Every field is always there: what does not apply is
0, false or empty; a whole part that does not apply is null or left out. Times of day are milliseconds since 1970 (UTC), durations milliseconds.

With \`--all\` a command prints \`{"node": …, "reply": …}\` for each node; commands that print lines have the field \`node\` in each. A command that fails
prints a \`Failure\`: \`{"ok": false, "code": …, "error": …}\`, with a code of [codes.md](codes.md), and says the sentence on standard error. A cluster file
with mistakes is a \`ConfigMistakes\` where \`config\` commands read it.

| command | prints | definition |
|---|---|---|
${rows.join('\n')}

\`/status.json\` of the HTTP endpoint is a \`StatusReply\` too, and the status page is drawn from it.

\`npm run docs\` writes this page and the schema from \`proto/isthmus/v1/control.proto\`; the lab checks what real agents print against it
(\`test/lab/session-commands.test.ts\`), a unit test what commands print that need no agent (\`test/unit/cli/json-output.test.ts\`).
`;
}

/** Commands that take `--json`; with a value it is the name of a file, which the lab's commands write. */
function withJson(command: Command, name = ''): string[] {
  const own = command.options.some(({ long, required }) => long === '--json' && !required) ? [name] : [];
  return [...own, ...command.commands.flatMap((child) => withJson(child, `${name} ${child.name()}`.trim()))];
}

describe('the JSON of the commands', () => {
  it('is that of docs/json.md and docs/json.schema.json', async () => {
    await expect(jsonPage()).toMatchFileSnapshot('../../../docs/json.md');
    await expect(`${JSON.stringify(jsonOutputsSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../../../docs/json.schema.json',
    );
  });

  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } });
  ajv.addVocabulary(['x-unit']);
  ajv.addSchema(jsonOutputsSchema(), 'isthmus');

  it.each(OUTPUTS)('of $command is described', ({ definition }) => {
    expect(ajv.getSchema(`isthmus#/$defs/${definition}`)).toBeTypeOf('function');
  });

  it('is described for every command that has it, and for no other', () => {
    const described = new Set(OUTPUTS.map(({ command }) => command.replace(/ --.*/, '')));
    expect([...described].toSorted()).toEqual(withJson(buildProgram()).toSorted());
  });

  it('has every field, also of what was not sent', () => {
    const { NodeStatus } = isthmus.v1;
    const node = NodeStatus.decode(NodeStatus.encode({ name: 'gw1', epoch: 5, links: [{ name: 'ring0' }] }).finish());
    const printed: unknown = JSON.parse(toJson(node));
    expect(printed).toMatchObject({ name: 'gw1', alive: false, silentMs: 0, differs: [], links: [{ health: '' }] });
    const validate = ajv.getSchema('isthmus#/$defs/NodeStatus');
    expect([validate?.(printed), validate?.errors]).toEqual([true, null]);
    expect(validate?.({ name: 'gw1' })).toBe(false);
  });
});
