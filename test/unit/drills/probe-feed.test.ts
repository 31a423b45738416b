import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProbeFeed } from '../../../src/drills/probe/probe-lines.ts';
import { eachLine } from '../../../src/drills/probe/socket-lines.ts';

const LIVE = JSON.stringify({ event: 'live', gapMs: 4, lost: 0 });

function feed() {
  const time = { ms: 0 };
  let take: (line: string) => void = () => undefined;
  let end: () => void = () => undefined;
  const probe = new ProbeFeed(
    {
      writeLine: () => undefined,
      onLine: (listener) => {
        take = listener;
      },
      onEnd: (listener) => {
        end = listener;
      },
    },
    () => time.ms,
  );
  return { probe, time, take: (line: string) => take(line), end: () => end() };
}

describe('a probe that a drill relies on', () => {
  it('fails when it has been silent for ten seconds, and no longer when it goes on', () => {
    const { probe, time, take } = feed();
    time.ms = 10_000;
    expect(probe.failure).toBeUndefined();
    time.ms = 10_001;
    expect(probe.failure).toBe('the probe has been silent for 10 s: nobody measures');
    take(LIVE);
    expect(probe.failure).toBeUndefined();
  });

  it('fails when its connection ends, and what was asked of it is not waited for', async () => {
    const { probe, end } = feed();
    const account = probe.account();
    end();
    expect(await account).toBeUndefined();
    expect(await probe.account()).toBeUndefined();
    expect(probe.failure).toBe('the connection to the probe has ended: nobody measures');
  });
});

describe('lines of a connection', () => {
  /** Both ends of one, and the lines that came at the far end. */
  async function pair() {
    const lines: string[] = [];
    const server = createServer((socket) => eachLine(socket, (line) => void lines.push(line)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has a port');
    const near = connect(address.port, '127.0.0.1');
    const [far]: Socket[] = await once(server, 'connection');
    if (far === undefined) throw new Error('there is a connection');
    return { near, far, lines };
  }

  it('are whole, however they arrive', async () => {
    const { near, far, lines } = await pair();
    near.write('one\ntw');
    await once(far, 'data');
    near.end('o\nthree\nrest');
    await once(far, 'close');
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('end with a connection that is reset, and nothing else does', async () => {
    const { near, far, lines } = await pair();
    near.write('one\n');
    await once(far, 'data');
    near.resetAndDestroy();
    // `once` of node:events would take the error of the reset for its own.
    await new Promise((resolve) => far.once('close', resolve));
    expect(lines).toEqual(['one']);
  });

  it('are not remembered without a limit', async () => {
    const { near, far, lines } = await pair();
    near.on('error', () => undefined);
    near.write('x'.repeat(100_000));
    await once(far, 'close');
    expect(lines).toEqual([]);
  });
});
