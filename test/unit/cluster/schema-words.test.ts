import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';

/** The least that a file may have, section by section. */
const SECTIONS = { cluster: 'campus', secretFile: '/etc/isthmus/key', nodes: '{ gw1: { slot: 1 } }' };

/** What is reported of the least file with these sections, in place of its own or beside them. */
function reported(sections: Readonly<Record<string, string>>): string[] {
  const text = Object.entries({ ...SECTIONS, ...sections }).map(([key, value]) => `${key}: ${value}\n`);
  try {
    parseClusterText(text.join(''), 'cluster.yaml');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^cluster\.yaml:\d+:\d+: /, ''));
  }
  return [];
}

const INSTANCE = '{ kind: nat64, pool6: "64:ff9b::/96", pool4: [{ prefix: 192.0.2.0/28 }] }';
const withInstance = (fields: string): Record<string, string> => ({
  instances: `{ a: ${INSTANCE.replace(' }', `, ${fields} }`).replace('}] }', `}], ${fields} }`)} }`,
});

describe('a value of another type', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a number', { slots: 'many' }, 'slots: "many" where a number belongs'],
    ['a whole number', { slots: '1.5' }, 'slots: 1.5 where a whole number belongs'],
    ['a mapping', { replication: '[]' }, 'replication: a list where a mapping belongs'],
    ['a mapping, which is nothing', { replication: '' }, 'replication: nothing where a mapping belongs'],
    ['a text', { secretFile: '{}' }, 'secretFile: a mapping where a string belongs'],
    ['a text, which is a boolean', { secretFile: 'true' }, 'secretFile: true where a string belongs'],
    ['a text that is too long to be shown', { slots: 'x'.repeat(39) }, 'slots: a string where a number belongs'],
    ['a text that is just shown', { slots: 'x'.repeat(38) }, `slots: "${'x'.repeat(38)}" where a number belongs`],
  ])('is said: %s', (_, sections, message) => expect(reported(sections)).toEqual([message]));

  it.each([
    ['YES', 'write true'],
    ['y', 'write true'],
    ['On', 'write true'],
    ['no', 'write false'],
    ['off', 'write false'],
    ['N', 'write false'],
    ['maybe', 'write true or false'],
  ])('where a boolean belongs: %s', (word, remedy) => {
    expect(reported({ drills: `{ allowed: ${word} }` })).toEqual([
      `drills.allowed: "${word}" where a boolean belongs; ${remedy}`,
    ]);
    expect(reported({ drills: '{ allowed: 1 }' })).toEqual(['drills.allowed: 1 where a boolean belongs']);
  });

  it.each([
    ['gw1', 'a list of one is written [gw1]'],
    ['5', 'a list of one is written [5]'],
    ['gw1 gw2', 'a list is written [gw1, gw2]'],
    ['gw1,gw2 , gw3', 'a list is written [gw1, gw2, gw3]'],
  ])('where a list belongs: %s', (value, remedy) => {
    const [line] = reported({ drills: `{ nodes: "${value}" }` });
    expect(line).toBe(`drills.nodes: "${value}" where a list belongs; ${remedy}`);
  });

  it('where a list belongs that is no text', () => {
    expect(reported({ drills: '{ nodes: 5 }' })).toEqual([
      'drills.nodes: 5 where a list belongs; a list of one is written [5]',
    ]);
    expect(reported({ drills: '{ nodes: {} }' })).toEqual(['drills.nodes: a mapping where a list belongs']);
  });
});

describe('a value that is too small or too big', () => {
  it.each<[Record<string, string>, string]>([
    [{ slots: '0' }, 'slots: too small; at least 1 is needed'],
    [{ slots: '64' }, 'slots: too big; at most 63 is possible'],
    [withInstance('destinations: []'), 'instances.a.destinations: too small; at least 1 entry is needed'],
    [
      { nodes: `{ gw1: { slot: 1, links: [${Array.from({ length: 9 }, (_, index) => `r${index}`).join(', ')}] } }` },
      'nodes.gw1.links: too big; at most 8 entries are possible',
    ],
    [
      { coordinator: '{ kind: etcd, endpoints: ["h:1"], user: "" }' },
      'coordinator.user: too small; at least 1 character is needed',
    ],
  ])('%j', (sections, message) => expect(reported(sections)).toContain(message));
});

describe('a value that is none of those that are possible', () => {
  it.each<[Record<string, string>, string]>([
    [
      { logLevel: 'loud' },
      'logLevel: not one of the values that are possible here; possible are "error", "warn", "info", "debug"',
    ],
    [{ drills: '{ windows: [9-10] }' }, 'drills.windows[0]: not a time of day; write it like 09:00-16:30'],
    [{ slots: '1\ncluste: x' }, 'cluste: unknown key "cluste"; did you mean "cluster"?'],
    [{ zzzzzzzz: '1' }, 'zzzzzzzz: unknown key "zzzzzzzz"; remove it; docs/config.md lists all keys'],
    [{ global: '5' }, 'global: unknown key "global"; remove it; docs/config.md lists all keys'],
    [
      withInstance('fastPath: quick'),
      'instances.a.fastPath: not a fast path; it is off, auto, required, or { interfaces: [up0, in0] }',
    ],
  ])('%j', (sections, message) => expect(reported(sections)).toContain(message));

  it.each<[string, string, string]>([
    ['instances', '{ a: { kind: nat } }', "instances.a.kind: not a kind of instance; kind is 'nat64' or 'siit'"],
    ['coordinator', '{ kind: x }', "coordinator.kind: not a kind of coordinator; kind is 'static' or 'etcd'"],
    ['natLog', '{ sinks: { a: { kind: x } } }', "natLog.sinks.a.kind: not a kind of sink; kind is 'file', 'syslog' or"],
    ['notify', '{ a: { kind: mail } }', "notify.a.kind: not a kind of target; kind is 'exec' or 'webhook'"],
    ['notify', '{ a: { type: exec } }', 'notify.a.kind: not a kind of target; write kind: instead of type:; kind is'],
    ['notify', '{ a: { type: 1, kind: x } }', "notify.a.kind: not a kind of target; kind is 'exec'"],
    ['notify', '{ a: [] }', 'notify.a: a list where a mapping belongs'],
    ['notify', '{ a: }', 'notify.a: nothing where a mapping belongs'],
  ])('of %s: %s', (section, value, message) => {
    const [line, ...more] = reported({ [section]: value });
    expect([line?.slice(0, message.length), more]).toEqual([message, []]);
  });
});

describe('a key that is missing', () => {
  it('is said with what belongs there, but not where it is only misspelled', () => {
    const missing = 'instances.a.pool4: missing; a list is needed here';
    const fields = 'kind: nat64, pool6: "64:ff9b::/96"';
    expect(reported({ instances: `{ a: { ${fields} } }` })).toEqual([missing]);
    expect(reported({ instances: `{ a: { ${fields}, pol4: [] } }` })).toEqual([
      'instances.a.pol4: unknown key "pol4"; did you mean "pool4"?',
    ]);
    const wrong = reported({ instances: `{ a: { ${fields}, pool4: 5, pol4: [] } }` });
    expect(wrong).toHaveLength(2);
  });

  it('is the kind of a thing that has none', () => {
    expect(reported({ instances: '{ a: {} }' })).toEqual([
      "instances.a.kind: not a kind of instance; kind is 'nat64' or 'siit'",
    ]);
  });
});

describe('a configuration of another program', () => {
  const foreign = 'a configuration file of Jool; convert it: isthmus config import jool FILE';
  const ofText = (text: string): string => {
    try {
      parseClusterText(text, 'cluster.yaml');
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  it.each(['{ global: {} }', '{ pool4: [], bib: [] }', '{ instance: a, framework: b }', '{ eamt: [], denylist4: [] }'])(
    'is seen: %s',
    (text) => expect(ofText(text)).toContain(foreign),
  );

  it.each(['{ pool4: [] }', '{ cluster: a, global: {}, pool4: [] }', '{}', '[global, pool4]', 'global'])(
    'is not seen in %s',
    (text) => expect(ofText(text)).not.toContain('Jool'),
  );
});

describe('who is notified', () => {
  const refusal = (target: string): string[] => reported({ notify: `{ a: { ${target} } }` });

  it.each([
    'kind: webhook, url: "https://hooks.example/isthmus"',
    'kind: webhook, url: "http://192.0.2.1:8080/"',
    'kind: exec, command: [/usr/local/bin/page, now], timeout: 60s, retries: 20, queue: 1000',
    'kind: exec, command: [/bin/page], codes: [node-unreachable], severity: info, retries: 0, queue: 1',
  ])('may be %s', (target) => expect(refusal(target)).toEqual([]));

  const url = 'notify.a.url: not a URL of HTTP without a password in it; write it like https://HOST/PATH';
  it.each([
    ['kind: webhook, url: "ftp://hooks.example/"', url],
    ['kind: webhook, url: "https://user@hooks.example/"', url],
    ['kind: webhook, url: "https://:secret@hooks.example/"', url],
    ['kind: webhook, url: "hooks.example"', url],
    ['kind: exec, command: [page]', 'notify.a.command: the program needs its full path, such as /usr/local/bin/page'],
    ['kind: exec, command: []', 'notify.a.command: too small; at least 1 entry is needed'],
    [
      'kind: exec, command: [/bin/page], codes: [nonsense]',
      'notify.a.codes[0]: not a code of an event; docs/codes.md lists them',
    ],
    ['kind: exec, command: [/bin/page], timeout: 60001ms', 'notify.a.timeout: too long; 60s is the most'],
  ])('may not be %s', (target, message) => expect(refusal(target)).toContain(message));

  it('is one of eight', () => {
    const targets = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `t${index}: { kind: exec, command: [/bin/page] }`).join(', ')} }`;
    expect(reported({ notify: targets(8) })).toEqual([]);
    expect(reported({ notify: targets(9) })).toEqual(['notify: at most 8 are possible']);
  });
});
