import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';
import { CORRECT, MISTAKES } from './mistakes.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a person does who reads the message: `found` are the groups of `says`. undefined: that does not fit there. */
interface Habit {
  readonly says: RegExp;
  readonly does: (text: string, place: Place, found: readonly string[]) => string;
}

/** The text after a place begins with `old`, which is replaced. */
function replaceAt(text: string, { line, column }: Place, old: string, fresh: string): string {
  const lines = text.split('\n');
  const begun = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
  const at = text.indexOf(old, begun);
  if (at < 0) throw new Error(`there is no ${old} from ${line}:${column} on`);
  return text.slice(0, at) + fresh + text.slice(at + old.length);
}

const HABITS: readonly Habit[] = [
  {
    says: /"(.+)" where a list belongs; (?:a list of one is written|a list is written|write) (\[.+\])$/,
    does: (text, place, [old = '', fresh = '']) => replaceAt(text, place, old, fresh),
  },
  {
    says: /"(\w+)" where a boolean belongs; write (true|false)$/,
    does: (text, place, [old = '', fresh = '']) => replaceAt(text, place, old, fresh),
  },
  {
    says: /unknown key "(\w+)"; did you mean "(\w+)"\?$/,
    does: (text, place, [old = '', fresh = '']) => replaceAt(text, place, `${old}:`, `${fresh}:`),
  },
  { says: /write kind: instead of type:/, does: (text, place) => replaceAt(text, place, 'type:', 'kind:') },
  {
    says: /put it in quotes, such as ("(.+)")$/,
    does: (text, place, [fresh = '', old = '']) => replaceAt(text, place, old, fresh),
  },
  {
    says: /write (pool6: \S+) in its place$/,
    does: (text, { line }, [fresh = '']) =>
      text
        .split('\n')
        .map((one, index) => (index === line - 1 ? one.replace(/\S.*$/, fresh) : one))
        .join('\n'),
  },
  {
    says: /"([^"]+)" is not [^;]+; .*did you mean (\S+)\?$/,
    does: (text, place, [old = '', fresh = '']) => replaceAt(text, place, old, fresh),
  },
  {
    says: /no node is called (\w+); did you mean (\w+)\?$/,
    does: (text, place, [old = '', fresh = '']) => replaceAt(text, place, old, fresh),
  },
  {
    says: /"(\S+)" is not an absolute path; begin it with \/$/,
    does: (text, place, [old = '']) => replaceAt(text, place, old, `/${old}`),
  },
  {
    says: /slot \d+ of \d+ slots; use a slot up to \d+, or set (slots: \d+)$/,
    does: (text, _place, [fresh = '']) => text.replace(/^slots: \d+$/m, fresh),
  },
  {
    says: /a cluster of \d+ nodes, .*leave (\w+) out$/,
    does: (text, _place, [key = '']) => text.replace(new RegExp(`^${key}:.*\n`, 'm'), ''),
  },
];

function errorOf(text: string): string {
  try {
    parseClusterText(text, 'cluster.yaml');
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Of rows with advice that can be followed to the letter. */
const FOLLOWED = MISTAKES.flatMap(({ mistake, from, to, message }) => {
  const habit = HABITS.find(({ says }) => says.test(message));
  return habit === undefined ? [] : [{ mistake, text: CORRECT.replace(from, () => to), message, habit }];
});

describe('the advice of a message, when it is pasted', () => {
  it('is given for what people bring from elsewhere', () => {
    const named = FOLLOWED.map(({ mistake }) => mistake);
    expect(named).toEqual(
      expect.arrayContaining([
        'One thing where a list belongs',
        'A list with spaces instead of brackets',
        'A pool4 that is a prefix alone',
        'Underscores in a key',
        'yes instead of true',
        'type instead of kind',
        'An address that ends in a colon, inside braces',
        "Jool's global in an instance",
      ]),
    );
  });

  it.each(FOLLOWED)('is accepted: $mistake', ({ text, message, habit }) => {
    expect(errorOf(text)).toBe(`cluster.yaml:${message}`);
    const [, line = '1', column = '1'] = /^(\d+):(\d+): /.exec(message) ?? [];
    const [, ...found] = habit.says.exec(message) ?? [];
    const mended = habit.does(text, { line: Number(line), column: Number(column) }, found);
    expect(errorOf(mended)).toBe('');
  });

  it('is accepted for global: of the whole file, under each instance that it names', () => {
    const text = CORRECT.replace('instances:\n', 'global: { pool6: 64:ff9b::/96 }\ninstances:\n').replace(
      '    pool6: 64:ff9b::/96\n    destinations: [0',
      '    destinations: [0',
    );
    const advice = errorOf(text);
    expect(advice).toContain('write pool6: 64:ff9b::/96 under instances.lower');
    const mended = text.replace(/^global: .*\n/m, '').replace('  lower:\n', '  lower:\n    pool6: 64:ff9b::/96\n');
    expect(errorOf(mended)).toBe('');
  });

  it("is accepted for a file of Jool, whose conversion is one command's output", async () => {
    let printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += text.toString();
      return true;
    });
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-advice-'));
    try {
      const jool = join(folder, 'jool.json');
      const pool4 = '[{ "protocol": "TCP", "prefix": "192.0.2.1/32", "port range": "1024-65535" }]';
      writeFileSync(
        jool,
        `{ "instance": "a", "framework": "netfilter", "global": { "pool6": "64:ff9b::/96" }, "pool4": ${pool4} }`,
      );
      const [, command = ''] = /convert it: isthmus (config import jool) FILE$/.exec(errorOf('{"global": {}}')) ?? [];
      expect(command).not.toBe('');
      await buildProgram().parseAsync([...command.split(' '), jool], { from: 'user' });
      expect(printed).toContain('kind: nat64');
      expect(errorOf(printed)).toBe('');
    } finally {
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });
});
