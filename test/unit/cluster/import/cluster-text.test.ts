import { describe, expect, it } from 'vitest';
import { clusterText } from '../../../../src/cluster/import/cluster-text.ts';
import { InstanceDraft } from '../../../../src/cluster/import/draft.ts';

const COLUMNS = 120;

function linesOf(...drafts: InstanceDraft[]): string[] {
  const frame = { cluster: 'campus', nodes: ['gw1', 'gw2'], links: ['ring0', 'ring1'], origin: 'jool.conf' };
  return clusterText(frame, drafts).split('\n');
}

/** The lines of one key of the instance, and what stands below it. */
function keyLines(fill: (draft: InstanceDraft) => void): string[] {
  const draft = new InstanceDraft('nat', 'siit', 'here');
  fill(draft);
  const lines = linesOf(draft);
  const first = lines.indexOf('    kind: siit  # from here');
  return lines.slice(
    first + 1,
    lines.findIndex((line) => line.startsWith('# Without an upstream')),
  );
}

describe('the cluster file of what was imported', () => {
  it('has the nodes with their links, and says what is missing', () => {
    const lines = linesOf(new InstanceDraft('nat', 'siit', 'here'));
    expect(lines[0]).toBe(
      '# Made by "isthmus config import" from jool.conf. Read the comments, then run "isthmus config check".',
    );
    expect(lines).toContain('cluster: campus');
    expect(lines).toContain('slots: 2  # ports are cut into this many slices, one for each node; cannot change later');
    expect(lines.filter((line) => line.startsWith('  gw'))).toEqual([
      '  gw1: { slot: 1, links: [ring0, ring1] }  # links: interfaces between the nodes',
      '  gw2: { slot: 2, links: [ring0, ring1] }  # links: interfaces between the nodes',
    ]);
    expect(lines).toContain('#     nodes: [gw1, gw2]');
    expect(lines.slice(-3)).toEqual([
      '#       - { peer: "2001:db8:a::1", interface: up0 }',
      '#       - { peer: 10.0.0.1, interface: up0 }',
      '',
    ]);
  });

  it('ends with what has no equivalent, each with its instance', () => {
    const [one, other] = ['a', 'b'].map((name) => new InstanceDraft(name, 'siit', 'here'));
    if (one === undefined || other === undefined) throw new Error('two drafts are made');
    one.find('first', 'gone');
    other.find('second', `${'word '.repeat(30)}end`);
    const lines = linesOf(one, other);
    const from = lines.indexOf('# No equivalent, and what that means:');
    expect(lines.slice(from - 1, from)).toEqual(['#']);
    expect(lines.slice(from + 1)).toEqual([
      '# - a: first: gone',
      `# - b: second:${' word'.repeat(19)}`,
      `#  ${' word'.repeat(11)} end`,
      '',
    ]);
  });
});

describe('a sentence that stands as a comment', () => {
  it('goes on in a further line where it would be longer than 112 columns', () => {
    const last = (length: number): string[] => {
      const draft = new InstanceDraft('a', 'siit', 'here');
      draft.find('x', 'y'.repeat(length));
      return linesOf(draft).slice(-3);
    };
    const fits = 112 - '# - a: x: '.length;
    expect(last(fits)[1]).toBe(`# - a: x: ${'y'.repeat(fits)}`);
    expect(last(fits + 1)).toEqual(['# - a: x:', `#   ${'y'.repeat(fits + 1)}`, '']);
  });
});

describe('a key of an instance', () => {
  it('stands with its comment behind it, as long as the line has 120 columns', () => {
    const [key, value] = ['tun', 'x'];
    const head = `    ${key}: ${value}  # `;
    const most = 'y'.repeat(COLUMNS - head.length);
    expect(keyLines((draft) => draft.set(key, value, most))).toEqual([`${head}${most}`]);
    expect(keyLines((draft) => draft.set(key, value, `${most}y`))).toEqual([`    # ${most}y`, `    ${key}: ${value}`]);
    expect(keyLines((draft) => draft.set(key, value))).toEqual([`    ${key}: ${value}`]);
  });

  it('with a list has its entries below it, those that are off as comments', () => {
    const items = [{ text: 'a', note: 'why' }, { text: 'b', off: true as const }, { text: 'c' }];
    expect(keyLines((draft) => draft.list('pool4', items, 'all'))).toEqual([
      '    pool4:  # all',
      '      - a  # why',
      '      # - b',
      '      - c',
    ]);
    expect(keyLines((draft) => draft.list('pool4', items.slice(1, 2)))).toEqual(['    pool4: []', '      # - b']);
    expect(keyLines((draft) => draft.list('pool4', []))).toEqual(['    pool4: []']);
  });

  it('with keys of its own has them below it, in the order in which they came', () => {
    const lines = keyLines((draft) => {
      draft.setIn('icmp', 'source4', '192.0.2.1', 'four');
      draft.set('icmp2', 'x');
      draft.setIn('icmp', 'source6', '"2001:db8::1"');
      draft.setIn('timeouts', 'udp', '5m');
    });
    expect(lines).toEqual([
      '    icmp:',
      '      source4: 192.0.2.1  # four',
      '      source6: "2001:db8::1"',
      '    icmp2: x',
      '    timeouts:',
      '      udp: 5m',
    ]);
  });

  it('is there or not', () => {
    const draft = new InstanceDraft('nat', 'siit', 'here');
    draft.setIn('icmp', 'source4', '192.0.2.1');
    expect(['kind', 'icmp', 'source4', 'tun'].map((key) => draft.has(key))).toEqual([true, true, false, false]);
  });
});
