import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { ImpairedLink } from '../../src/lab/world/impaired-link.ts';
import { connect } from '../../src/lab/world/link.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { settledTraces, traces } from './leftovers.ts';
import { labTest } from './needs-root.ts';

let world: World | undefined;

function sequences(output: string): number[] {
  return [...output.matchAll(/icmp_seq=(\d+)/g)].map(([, sequence]) => Number(sequence));
}

afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe.runIf(labTest)('a world', () => {
  it('gives each machine its own network, processes, host name and /run', async () => {
    world = await World.create();
    const a = await world.machine('a');
    const b = await world.machine('b');
    await a.addNamespace('inner');
    await a.writeFile('/run/marker', 'here\n');
    expect((await a.run(['hostname'])).stdout).toBe('a\n');
    expect((await a.run(['cat', '/run/marker'])).stdout).toBe('here\n');
    expect((await b.run(['ls', '/run/marker'], { allowFailure: true })).code).not.toBe(0);
    expect((await a.run(['ip', 'netns', 'list'])).stdout).toContain('inner');
    expect((await b.run(['ip', 'netns', 'list'])).stdout).toBe('');
    expect((await b.run(['ps', '-e', '-o', 'comm='])).stdout).not.toContain('vitest');
  });

  it('joins machines by links, also inside a named namespace', async () => {
    world = await World.create();
    const a = await world.machine('a');
    const b = await world.machine('b');
    await b.addNamespace('inner');
    await connect(
      world,
      { machine: a, interface: 'up0', addresses: ['2001:db8::1/64', '11.0.0.1/24'] },
      { machine: b, interface: 'up0', addresses: ['2001:db8::2/64', '11.0.0.2/24'], namespace: 'inner' },
    );
    await a.waitForCarrier('up0');
    await a.run(['ping', '-c', '1', '-W', '5', '2001:db8::2']);
    await a.run(['ping', '-c', '1', '-W', '5', '11.0.0.2']);
    expect((await b.run(['ping', '-c', '1', '-W', '1', '2001:db8::1'], { allowFailure: true })).code).not.toBe(0);
  });

  it('has links that lose, double and delay frames', async () => {
    world = await World.create();
    const [a, b] = [await world.machine('a'), await world.machine('b')];
    const link = await ImpairedLink.create(
      world,
      'wire',
      { machine: a, interface: 'ring0', addresses: ['11.0.0.1/24'] },
      { machine: b, interface: 'ring0', addresses: ['11.0.0.2/24'] },
    );
    await a.waitForCarrier('ring0');
    const ping = async (): Promise<string> =>
      (await a.run(['ping', '-c', '100', '-i', '0.003', '-W', '1', '11.0.0.2'], { allowFailure: true })).stdout;
    expect(await ping()).toContain(' 100 received, 0% packet loss');
    link.set({ loss: 0.3 });
    expect(await ping()).not.toContain(' 100 received');
    link.set({ duplicate: 0.5 });
    expect(await ping()).toMatch(/ 100 received, \+\d+ duplicates, 0% packet loss/);
    link.set({ echo: 1, echoFromMs: 5, echoToMs: 30 });
    // Each of two copies of a request has two answers; those of the last ones come after ping has ended.
    expect(Number(/\+(\d+) duplicates/.exec(await ping())?.[1])).toBeGreaterThan(200);
    link.set({ reorder: 0.5, delayMs: 20 });
    expect(sequences(await ping())).not.toEqual(sequences(await ping()).toSorted((one, two) => one - two));
  });

  it('kills a program by its own process, not by the one that entered the namespaces', async () => {
    world = await World.create();
    const a = await world.machine('a');
    const sleeper = a.start('sleep', ['sleep', '1000']);
    await waitFor(
      'sleep to run',
      async () => (await a.run(['pgrep', '-x', 'sleep', '-a'])).stdout.includes('sleep 1000'),
      { timeoutMs: 5_000 },
    );
    await sleeper.signal('SIGKILL');
    expect((await sleeper.exited).signal ?? 'none').toBe('SIGKILL');
    expect((await a.run(['pgrep', '-a', '-x', 'sleep'])).stdout).not.toContain('sleep 1000');
  });

  it('keeps what is written to /etc, /var and /tmp away from the host', async () => {
    world = await World.create();
    const a = await world.machine('a');
    await a.run(['sh', '-ec', 'for place in etc var tmp; do echo x >/$place/isthmus-lab-marker; done']);
    expect(['etc', 'var', 'tmp'].filter((place) => existsSync(`/${place}/isthmus-lab-marker`))).toEqual([]);
  });

  it('leaves nothing when it is closed', async () => {
    const before = traces(process.pid);
    world = await World.create();
    const a = await world.machine('a');
    await a.addNamespace('inner');
    a.start('sleep', ['sleep', '1000']);
    expect(traces(process.pid).processes.length).toBeGreaterThan(2);
    await world.close();
    expect(await settledTraces(process.pid)).toEqual(before);
    expect(before.processes).toEqual([]);
  });

  it('leaves nothing when the process that made it is killed', async () => {
    const before = traces(0);
    const script = `
      import { World } from ${JSON.stringify(new URL('../../dist/lab/world/world.js', import.meta.url).href)};
      const world = await World.create();
      const machine = await world.machine('a');
      await machine.addNamespace('inner');
      machine.start('sleep', ['sleep', '1000']);
      console.log('ready');`;
    const maker = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = maker.pid ?? 0;
    await once(maker.stdout, 'data');
    expect(traces(pid).processes.length).toBeGreaterThan(2);
    maker.kill('SIGKILL');
    await once(maker, 'exit');
    expect(await settledTraces(pid)).toEqual(before);
  });
});
