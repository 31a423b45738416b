import { describe, expect, it } from 'vitest';
import { frrVersionOf, shownConfiguration } from '../../../../src/agent/config/shown-configuration.ts';
import { loadClusterFile, parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { revisionOf } from '../../../../src/cluster/translator-options.ts';

const PAIR = 'deploy/examples/pair.yaml';

describe('a configuration in a report', () => {
  it('is read as the same configuration again, where nothing of it is left out', async () => {
    const config = await loadClusterFile(PAIR);
    const { text, omitted, revision } = shownConfiguration(config);
    expect(omitted).toEqual([]);
    expect(revision).toBe(revisionOf(config));
    expect(revisionOf(parseClusterText(text, 'shown'))).toBe(revision);
  });

  it('has no path of a webhook and no arguments of a command, and says so', async () => {
    const config = await loadClusterFile(PAIR);
    const common = { severity: 'info', timeout: 1000, retries: 1, queue: 1 } as const;
    const { text, omitted } = shownConfiguration({
      ...config,
      notify: {
        page: { ...common, kind: 'exec', command: ['/usr/bin/page', '--key', 'hidden-1'] },
        chat: { ...common, kind: 'webhook', url: 'https://chat.example:8443/hook/hidden-2?key=hidden-3' },
      },
    });
    expect(text).not.toContain('hidden');
    expect(text).toContain('https://chat.example:8443/...');
    expect(text).toContain('/usr/bin/page');
    expect(omitted.map((one) => /notify\.\w+\.\w+/.exec(one)?.[0])).toEqual(['notify.page.command', 'notify.chat.url']);
  });

  it('says nothing of arguments that a command does not have', async () => {
    const config = await loadClusterFile(PAIR);
    const common = { severity: 'info', timeout: 1000, retries: 1, queue: 1 } as const;
    const page = { ...common, kind: 'exec' as const, command: ['/usr/bin/page'] };
    const { text, omitted } = shownConfiguration({ ...config, notify: { page } });
    expect(text).toContain('/usr/bin/page');
    expect(omitted).toEqual([]);
  });

  it('has the first of many mappings, and is cut where it is longer than a page', async () => {
    const config = await loadClusterFile('deploy/examples/siit-only.yaml');
    const [name, instance] = Object.entries(config.instances)[0];
    if (instance.kind !== 'siit') throw new Error('the example has a siit instance');
    const eam = Array.from({ length: 100 }, (_, index) => ({
      v6: `2001:db8:${index.toString(16)}::/128`,
      v4: `192.0.2.${index}/32`,
    }));
    const { text, omitted } = shownConfiguration({ ...config, instances: { [name]: { ...instance, eam } } });
    expect(text).toContain('192.0.2.19/32');
    expect(text).not.toContain('192.0.2.20/32');
    expect(omitted).toEqual([`80 of 100 mappings of instances.${name}.eam`]);
    const nodes = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`gateway-${index}`, Object.values(config.nodes)[0]] as const),
    );
    const long = shownConfiguration({ ...config, nodes: { ...config.nodes, ...nodes } });
    expect(long.text.length).toBe(64 * 1024);
    expect(long.omitted.at(-1)).toMatch(/^\d+ characters at the end$/);
  });

  it('has the version of FRR as FRR says it', () => {
    expect(frrVersionOf('FRRouting 10.3 (gw1) on Linux(6.12.0).\nCopyright 1996-2005')).toBe('10.3');
    expect(frrVersionOf('FRRouting 8.4.4 (gw1).')).toBe('8.4.4');
    expect(frrVersionOf('')).toBe('not known: FRR does not say it');
  });
});
