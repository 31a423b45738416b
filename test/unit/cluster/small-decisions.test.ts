import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { remedyFor, whyUnreadable } from '../../../src/cluster/bounded-file.ts';
import { FileSections } from '../../../src/cluster/file-sections.ts';
import { notesOn } from '../../../src/cluster/file-notes.ts';
import { parseHttpAddress } from '../../../src/cluster/http-address.ts';
import { nat64, siit } from '../../../src/cluster/instance-schema.ts';
import { MappingLines } from '../../../src/cluster/mapping-lines.ts';
import { foreignSlotOf, hashOf } from '../../../src/cluster/translator-options.ts';
import { adviceOn } from '../../../src/cluster/unknown-keys.ts';
import { reloadableKeys } from '../../../src/cluster/values.ts';
import { CORRECT } from './mistakes.ts';
import { reported } from './reported.ts';

describe('a hash of what the file says', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

  it('is that of its JSON with keys in order, so that nodes of all releases have the same one', () => {
    expect(hashOf({ b: [1, { d: null, c: 'x' }], a: true })).toBe(sha('{"a":true,"b":[1,{"c":"x","d":null}]}'));
    expect(hashOf([])).toBe(sha('[]'));
    expect(hashOf(undefined)).toBe(sha('null'));
    expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
    expect(new Set([['a', 'b'], ['b', 'a'], { 0: 'a', 1: 'b' }, 'a,b', null].map(hashOf)).size).toBe(5);
  });
});

describe('keys that a reload takes over', () => {
  it('are these', () => {
    const shared = ['clampMss', 'prefer'];
    const filters = ['addressDependentFiltering', 'dropExternallyInitiatedTcp', 'dropPings'];
    const tables = ['adopt', 'export', 'natLog', 'natLogDestinations', 'pool4', 'poolWatermarks', 'static', 'timeouts'];
    expect([...reloadableKeys(nat64.shape)].toSorted()).toEqual([...shared, ...filters, ...tables].toSorted());
    expect([...reloadableKeys(siit.shape)].toSorted()).toEqual(shared);
  });
});

describe('the slot of sessions that are taken over', () => {
  const nodes = (slots: readonly number[]): Parameters<typeof foreignSlotOf>[0] =>
    parseClusterText(
      `cluster: c\nsecretFile: /k\nslots: 63\nnodes:\n${slots.map((slot) => `  n${slot}: { slot: ${slot} }\n`).join('')}`,
      'c',
    );
  const every = Array.from({ length: 63 }, (_, index) => index + 1);

  it('is the highest one that no node has', () => {
    expect(foreignSlotOf(nodes([1, 2]))).toEqual({ foreignSlot: 63 });
    expect(foreignSlotOf(nodes([63, 62, 1]))).toEqual({ foreignSlot: 61 });
    expect(foreignSlotOf(nodes(every.slice(1)))).toEqual({ foreignSlot: 1 });
    expect(foreignSlotOf(nodes(every))).toEqual({});
  });

  it('must be there where sessions are taken over', () => {
    const adopt = (slots: readonly number[], instance: string): string[] => {
      const text = [
        'cluster: c\nsecretFile: /k\nslots: 63\nnodes:',
        ...slots.map((slot) => `  n${slot}: { slot: ${slot} }`),
        `instances: { a: { kind: nat64, pool6: "64:ff9b::/96", pool4: [{ prefix: 192.0.2.0/28 }]${instance} } }\n`,
      ].join('\n');
      try {
        parseClusterText(text, 'c');
        return [];
      } catch (error) {
        return error instanceof Error ? error.message.split('\n') : [String(error)];
      }
    };
    const joold = ', adopt: { joold: { group: 224.0.0.64, interface: up0, from: [10.0.0.5] } }';
    expect(adopt(every.slice(1), joold)).toEqual([]);
    expect(adopt(every, '')).toEqual([]);
    const [mistake, ...more] = adopt(every, joold);
    expect(mistake).toContain(
      'instances.a.adopt: every slot has a node, and foreign sessions need one of their own; take over with one node less',
    );
    expect(more).toEqual([]);
  });
});

describe('what a node tells of its file', () => {
  it('are at most 160 hashes: the parts of a section that just fits, and not those of one that is larger', () => {
    const file = (count: number): FileSections => {
      const instances = Array.from(
        { length: count },
        (_, index) => `  i${index}: { kind: siit, pool6: "2001:db8:${index.toString(16)}::/96" }\n`,
      );
      const text = `cluster: c\nsecretFile: /k\nnodes: { a: { slot: 1 } }\ninstances:\n${instances.join('')}`;
      return new FileSections(parseClusterText(text, 'c'));
    };
    const other = new Map([['instances', 'something else']]);
    const sections = file(1).hashesToSend([]).size;
    expect(file(160 - sections).hashesToSend([other]).size).toBe(160);
    expect(file(161 - sections).hashesToSend([other]).size).toBe(sections);
    expect(file(1).hashesToSend([new Map([['unheard', 'of']])]).size).toBe(sections);
  });
});

describe('long tables of mappings', () => {
  const lines = (count: number, indent: number, from = 0): string[] =>
    Array.from({ length: count }, (_, index) => {
      const [high, low] = [(from + index) >> 8, (from + index) & 255];
      return `${' '.repeat(indent)}- { v6: "2001:db8::${(from + index + 1).toString(16)}", v4: 10.0.${high}.${low} }`;
    });
  const left = (text: string): { readonly lines: number; readonly found: boolean; readonly same: boolean } => {
    const mappings = new MappingLines(text);
    const document = parseDocument(mappings.text);
    const found = mappings.find(document);
    const data: unknown = document.toJS();
    mappings.restore(data);
    const same = JSON.stringify(data) === JSON.stringify(parseDocument(text).toJS());
    return { lines: mappings.text.split('\n').length, found, same };
  };

  it('are one line for the parser from a thousand on', () => {
    expect(left(['eam:', ...lines(999, 2)].join('\n'))).toEqual({ lines: 1000, found: true, same: true });
    expect(left(['eam:', ...lines(1000, 2)].join('\n'))).toEqual({ lines: 2, found: true, same: true });
    expect(left(['eam:', ...lines(1000, 2), 'end: 1'].join('\n'))).toEqual({ lines: 3, found: true, same: true });
  });

  it('are told apart by how far they are indented', () => {
    const text = ['-', ...lines(1000, 2), ...lines(1500, 0, 1000), '- 5'].join('\n');
    expect(left(text)).toEqual({ lines: 4, found: true, same: true });
  });

  it('have both families in each line', () => {
    const text = ['eam:', ...lines(1200, 2).map((line) => line.replace(/v4: .* }/, 'v6: "2001:db8::1" }'))].join('\n');
    expect(new MappingLines(text).text).toBe(text);
  });

  it('are not found in a text that is none of a list', () => {
    const text = ['note: |', ...lines(1200, 2)].join('\n');
    const mappings = new MappingLines(text);
    expect([mappings.text.split('\n').length, mappings.find(parseDocument(mappings.text))]).toEqual([2, false]);
  });
});

describe('advice on a key that does not exist', () => {
  it.each<[(string | number)[], string, unknown, string]>([
    [[], 'instence', {}, 'did you mean "instances"?'],
    [[], 'qqqqqqqqqq', {}, 'remove it; docs/config.md lists all keys'],
    [['instances', 'a', 'pool4', 0], 'prefx', {}, 'did you mean "prefix"?'],
    [['instances', 'a', 'limits'], 'session', {}, 'did you mean "sessions"?'],
    [['upstreams', 'a', 'bgp', 'neighbors', 0], 'remoteAS', {}, 'did you mean "remoteAs"?'],
    [['nowhere', 0], 'prefix', {}, 'remove it; docs/config.md lists all keys'],
    [[], 'global', { global: null }, 'remove it; docs/config.md lists all keys'],
    [[], 'global', null, 'remove it; docs/config.md lists all keys'],
    [[], 'global', { global: { pool6: 5 } }, 'remove it; docs/config.md lists all keys'],
    [[], 'global', { global: { pool6: '64:ff9b::/96' }, instances: null }, 'remove it; docs/config.md lists all keys'],
    [
      [],
      'global',
      { global: { pool6: '64:ff9b::/96' }, instances: { a: {}, b: {} } },
      "that is Jool's; write pool6: 64:ff9b::/96 under instances.a, and under instances.b",
    ],
    [
      ['instances', 'a'],
      'global',
      { global: { pool6: '64:ff9b::/96' } },
      "that is Jool's; write pool6: 64:ff9b::/96 in its place",
    ],
  ])('at %j: %s', (path, key, mapping, advice) => expect(adviceOn(path, key, mapping)).toBe(advice));
});

describe('why a file cannot be read', () => {
  it('is found out of whatever was thrown', () => {
    for (const thrown of [undefined, null, 'text', new Error('x'), { code: 'EACCES' }]) {
      expect(remedyFor(thrown, 'make it')).toBe('make it');
    }
    expect([undefined, null, 'text'].map(whyUnreadable)).toEqual(['undefined', 'null', 'text']);
    expect(whyUnreadable(Object.assign(new Error('x'), { code: 5 }))).toBe('x');
  });
});

describe('an address of the HTTP endpoint', () => {
  it.each([
    ['192.0.2.1:9464', { host: '192.0.2.1', port: 9464 }],
    ['[2001:db8::1]:65535', { host: '2001:db8::1', port: 65_535 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
  ])('may be %s', (text, address) => expect(parseHttpAddress(text)).toEqual(address));

  it.each([
    '192.0.2.1:65536',
    '192.0.2.1',
    '2001:db8::1:80',
    'x192.0.2.1:80',
    '192.0.2.1:80x',
    '[gw1]:80',
    'gw1:80',
    ':80',
  ])('is not %s', (text) => expect(parseHttpAddress(text)).toBeUndefined());
});

describe('notes on a file', () => {
  const notes = (text: string): string => notesOn(parseClusterText(text, 'c'))[0] ?? '';
  const alone = CORRECT.replace('  gw2: { slot: 2, links: [ring0, ring1] }\n', '');

  it('count one node as one, and slices in words', () => {
    expect(notes(alone)).toContain('note: slots: 4 with 1 node: each node');
    expect(notes(alone)).toContain('and 3 slices are unused');
    expect(notes(CORRECT)).toContain('with 2 nodes: each node');
    expect(notes(alone.replace('slots: 4', 'slots: 2'))).toContain('and one slice is unused until');
    expect(notes(alone.replace('slots: 4\n', ''))).toBe('');
  });

  it.each([
    [2, 'third'],
    [3, 'fourth'],
    [4, 'fifth'],
    [5, '6th'],
  ])('name the node that would come after %i', (count, word) => {
    const more = Array.from({ length: count - 2 }, (_, index) => `  n${index}: { slot: ${index + 3} }\n`).join('');
    const text = CORRECT.replace('slots: 4', `slots: ${count}`).replace('instances:\n', `${more}instances:\n`);
    expect(notes(text)).toContain(`For a ${word} node set slots now`);
  });
});

describe('pieces of the file that hang together', () => {
  it('are right where an address for HTTP is none beyond loopback, on each node for itself', () => {
    expect(reported(['gw1: { slot: 1,', 'gw1: { slot: 1, http: "127.0.0.1:9464",'])).toEqual([]);
    const [mistake, ...more] = reported(
      ['gw1: { slot: 1,', 'gw1: { slot: 1, http: "127.0.0.1:9464",'],
      ['gw2: { slot: 2,', 'gw2: { slot: 2, http: "192.0.2.200:9464",'],
    );
    expect([mistake?.split(':')[0], more]).toEqual(['nodes.gw2.http', []]);
  });

  it('name nodes that there are, in preferences and in checks', () => {
    expect(
      reported([
        'slots: 4\n',
        'slots: 4\nchecks: { exec: { a: { command: [/x], nodes: [gw1, gw8] } }, ' +
          'upstreams: { b: { address: 192.0.2.200, nodes: [gw9] } } }\n',
      ]).map((line) => line.split(': ').slice(0, 2).join(': ')),
    ).toEqual([
      'checks.exec.a.nodes[1]: no node is called gw8; did you mean gw1?',
      'checks.upstreams.b.nodes[0]: no node is called gw9; did you mean gw1?',
    ]);
  });

  it('are two sinks of files in directories of their own', () => {
    const sinks = (one: string, other: string): string[] =>
      reported(['slots: 4\n', `slots: 4\nnatLog: { sinks: { a: { kind: file${one} }, b: { kind: file${other} } } }\n`]);
    expect(sinks('', ', directory: /var/b')).toEqual([]);
    expect(sinks(', directory: /var/b', ', directory: /var/b')).toEqual([
      'natLog.sinks.b: its files lie in the directory of sink a; give one of them another directory',
    ]);
    const syslog = (fields: string): string[] =>
      reported(['slots: 4\n', `slots: 4\nnatLog: { sinks: { a: { kind: syslog, server: 192.0.2.200${fields} } } }\n`]);
    expect([syslog(''), syslog(', transport: tls, ca: /x'), syslog(', transport: tls, serverName: x')]).toEqual([
      [],
      [],
      [],
    ]);
    for (const fields of [', ca: /x', ', transport: udp, serverName: x']) expect(syslog(fields)).toHaveLength(1);
  });
});
