import { LineCounter, parseDocument } from 'yaml';
import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';
import { YamlText } from '../../../src/cluster/yaml-text.ts';

const line = (number: number, indent = 6): string =>
  `${' '.repeat(indent)}- { v6: "2001:db8:${number.toString(16)}::/120", v4: 10.${number >> 8}.${number & 255}.0/24 }`;
const lines = (from: number, count: number, indent = 6): string[] =>
  Array.from({ length: count }, (_, index) => line(from + index, indent));

/** Two long runs in one list with other items around, and a long run in another list. */
const TEXT = [
  'first:',
  '  eam:',
  '      - { v6: 2001:db8:f000::/48, v4: 192.0.2.0/32 }',
  '      - v6: 2001:db8:f001::/48',
  '        v4: 192.0.2.1/32',
  ...lines(1, 1500),
  '      # a remark',
  '      - { v6: 2001:db8:f002::, v4: 192.0.2.2/32 }'.replace('::,', '::1,'),
  ...lines(2000, 1200),
  '      - { v6: "2001:db8:f003::/48", v4: 192.0.2.3/32, more: 1 }',
  '  other: 5',
  'second:',
  '  - 1',
  '  - eam:',
  ...lines(4000, 1000, 4),
  '    last: [a, b]',
  '',
].join('\n');

describe('long tables of mappings in a file', () => {
  it('are read as the parser reads them', () => {
    expect(new YamlText(TEXT, 'f').read()).toEqual(parseDocument(TEXT).toJS());
  });

  it('have mistakes where the parser would see them', () => {
    const counter = new LineCounter();
    const document = parseDocument(TEXT, { lineCounter: counter });
    const source = new YamlText(TEXT, 'f');
    const paths = [
      ...[0, 1, 2, 3, 4, 1000, 1500, 1501, 1502, 1503, 1504, 2700, 2702, 2703].flatMap((index) => [
        ['first', 'eam', index],
        ['first', 'eam', index, 'v4'],
        ['first', 'eam', index, 'v6'],
      ]),
      ...[0, 1, 999].map((index) => ['second', 1, 'eam', index, 'v6']),
      ['first', 'eam', 2703, 'more'],
      ['first', 'other'],
      ['second', 1, 'last', 1],
    ];
    for (const path of paths) {
      const node: unknown = document.getIn(path, true);
      if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) {
        throw new Error(`nothing is at ${path.join('.')}`);
      }
      const { line: at, col: column } = counter.linePos(Number(node.range[0]));
      const mistake = source.of(path, 'wrong', '');
      expect([path, mistake.line, mistake.column]).toEqual([path, at, column]);
    }
    const { line: at } = source.ofKey(['first', 'eam', 2703], 'more', 'unknown', '');
    expect(TEXT.split('\n')[at - 1]).toContain('more: 1');
  });

  it('are text where they are text', () => {
    const text = ['note: |', ...lines(1, 1200, 2), 'end: 1', ''].join('\n');
    expect(new YamlText(text, 'f').read()).toEqual(parseDocument(text).toJS());
  });

  it('tell a mistake among 3000 by its line', () => {
    const table = lines(1, 3000);
    table[2345] = table[2345].replace('.0/24', '.9/24');
    const text = [
      'cluster: c',
      'secretFile: /k',
      'nodes: { a: { slot: 1 } }',
      'instances:',
      '  s:',
      '    kind: siit',
      '    icmp: { source6: "2001:db8::1" }',
      '    eam:',
      ...table,
      '',
    ].join('\n');
    const told = (): string[] => {
      try {
        parseClusterText(text, 'f');
        return [];
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.mistakes.map((mistake) => `${mistake.line}:${mistake.column} ${mistake.path}`);
      }
    };
    expect(told()).toEqual([`${9 + 2345}:${table[2345].indexOf('10.') + 1} instances.s.eam[2345].v4`]);
  });
});
