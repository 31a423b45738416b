import { describe, expect, it } from 'vitest';
import type { BibEntry, ExplainRequest, Session } from '../../../src/agent/control/messages.ts';
import { explain } from '../../../src/agent/explain/explain.ts';
import type { ExplainedInstance } from '../../../src/agent/explain/explanation.ts';
import { nat64Options, siitOptions } from './translator-options-fixture.ts';

const mapping: BibEntry = {
  instance: 'internet',
  protocol: 'tcp',
  client: '2001:db8::5',
  clientPort: 40_000,
  pool4: '11.64.0.1',
  pool4Port: 2000,
  sessions: 1,
  static: false,
};
const session: Session = {
  ...mapping,
  remote: '8.8.8.8',
  remotePort: 443,
  state: 'established',
  expiresInMs: 60_000,
  idleMs: 1000,
  ageMs: 3000,
  packetsOut: 2,
  bytesOut: 160,
  packetsIn: 1,
  bytesIn: 60,
  fastPath: false,
  owner: 'gw1',
};

function table<Entry extends object>(entries: readonly Entry[]) {
  return async (filter: Partial<Entry>): Promise<Entry | undefined> =>
    entries.find((entry) => Object.entries(filter).every(([key, value]) => Reflect.get(entry, key) === value));
}

const internet: ExplainedInstance = {
  name: 'internet',
  options: nat64Options,
  findBib: table([mapping]),
  findSession: table([session]),
};
const servers: ExplainedInstance = {
  name: 'servers',
  options: siitOptions,
  findBib: table([]),
  findSession: table([]),
};

function ask(source: string, destination: string, changes: Partial<ExplainRequest> = {}) {
  const ports = { sourcePort: 40_000, destinationPort: 443, protocol: 'tcp', instance: '' };
  return explain({ source, destination, ...ports, ...changes }, [internet, servers]);
}

describe('explain', () => {
  it('finds the session of a client, and the packet that would leave', async () => {
    expect(await ask('2001:db8::5', '64:ff9b::8.8.8.8')).toMatchObject({
      verdict: 'translated',
      instance: 'internet',
      source: '11.64.0.1',
      sourcePort: 2000,
      destination: '8.8.8.8',
      destinationPort: 443,
    });
  });

  it('says that a mapping would be made, and from which slice', async () => {
    const reply = await ask('2001:db8::6', '64:ff9b::8.8.8.8');
    expect(reply.verdict).toBe('translated');
    expect(reply.steps.join('\n')).toContain('11.64.0.0/29 ports 1024-65535, from the slice of slot 1 of 2');
  });

  it('drops what the pool does not serve, and non-global addresses behind the well-known prefix', async () => {
    expect((await ask('2001:db8::6', '64:ff9b::8.8.8.8', { protocol: 'icmp' })).verdict).toBe('dropped');
    const local = await ask('2001:db8::6', '64:ff9b::10.0.0.1');
    expect(local.verdict).toBe('dropped');
    expect(local.steps.at(-1)).toContain('RFC 6052');
  });

  it('drops what comes from pool6 itself, as the translator does', async () => {
    const loop = await ask('64:ff9b::1.1.1.1', '64:ff9b::8.8.8.8');
    expect(loop.verdict).toBe('dropped');
    expect(loop.steps.at(-1)).toContain('dropSourceInPool6');
  });

  it('finds the client of an answer, and filters a stranger', async () => {
    const answer = { sourcePort: 443, destinationPort: 2000 };
    expect(await ask('8.8.8.8', '11.64.0.1', answer)).toMatchObject({
      verdict: 'translated',
      source: '64:ff9b::8.8.8.8',
      destination: '2001:db8::5',
      destinationPort: 40_000,
    });
    expect((await ask('8.8.4.4', '11.64.0.1', answer)).verdict).toBe('dropped');
    expect((await ask('8.8.8.8', '11.64.0.2', answer)).verdict).toBe('dropped');
  });

  it('maps addresses of a stateless instance both ways, longest entry first', async () => {
    expect(await ask('2001:db8:3::2a', '2001:db8:104:404:4::')).toMatchObject({
      source: '1.0.0.42',
      destination: '4.4.4.4',
    });
    expect(await ask('4.4.4.4', '1.0.0.42')).toMatchObject({
      source: '2001:db8:104:404:4::',
      destination: '2001:db8:3::2a',
    });
    expect(await ask('4.4.4.4', '1.0.0.7')).toMatchObject({ destination: '2001:db8:4::99' });
    expect(await ask('9.1.1.1', '1.0.0.7')).toMatchObject({ verdict: 'dropped' });
  });

  it('says when a packet is nobody’s, and refuses what is no packet', async () => {
    expect(await ask('2001:db8::5', '2001:db8::6')).toMatchObject({ verdict: 'notOurs', instance: '' });
    await expect(ask('2001:db8::5', '8.8.8.8')).rejects.toThrow('not of one family');
    await expect(ask('2001:db8::5', 'gw1')).rejects.toThrow('gw1 is neither');
    await expect(ask('8.8.8.8', '1.0.0.7', { instance: 'other' })).rejects.toThrow('there are: internet, servers');
  });
});

describe('which instance is explained', () => {
  const ways = (destination: string, clients: string[] = []) => ({ ways: { routes: [destination], clients } });
  const lower: ExplainedInstance = { ...internet, name: 'lower', ...ways('64:ff9b::/97') };
  const upper: ExplainedInstance = { ...internet, name: 'upper', ...ways('64:ff9b::8000:0/97') };
  const halls: ExplainedInstance = { ...internet, name: 'halls', ...ways('64:ff9b::/96', ['2001:db8:a::/48']) };

  async function explained(source: string, destination: string, instance = ''): Promise<string> {
    const ports = { sourcePort: 40_000, destinationPort: 443, protocol: 'tcp' };
    return (await explain({ source, destination, ...ports, instance }, [lower, upper, halls])).instance;
  }

  it('is the one that the kernel would send the packet to', async () => {
    expect(await explained('2001:db8::5', '64:ff9b::8.8.8.8')).toBe('lower');
    expect(await explained('2001:db8::5', '64:ff9b::192.88.1.1')).toBe('upper');
    expect(await explained('2001:db8:a::5', '64:ff9b::8.8.8.8')).toBe('halls');
  });

  it('is the one that was asked for', async () => {
    expect(await explained('2001:db8::5', '64:ff9b::8.8.8.8', 'halls')).toBe('halls');
  });
});
