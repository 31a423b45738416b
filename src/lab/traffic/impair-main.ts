/*
 * An impaired link: carries Ethernet frames between two interfaces of its machine and drops, duplicates, delays,
 * repeats or corrupts some of them. The frames pass through socat (a packet socket at one side, UDP on the loopback at
 * the other), one for each interface. Usage: impair-main.js LEFT RIGHT SEED Standard input: lines
 * `{"loss":0.1,"duplicate":0.1,"reorder":0.1,"delayMs":5,"echo":0,"damage":0}`, fractions from 0 to 1; the last one
 * applies.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { report } from './events.ts';

const faults = z.object({
  loss: z.number().default(0),
  duplicate: z.number().default(0),
  reorder: z.number().default(0),
  /** Delay of a reordered frame. */
  delayMs: z.number().default(5),
  /** A second copy after a random delay, as over the longer path of a ring. Each copy may be lost independently. */
  echo: z.number().default(0),
  echoFromMs: z.number().default(5),
  echoToMs: z.number().default(30),
  damage: z.number().default(0),
});

const [left = '', right = '', seed = '1'] = process.argv.slice(2);
const BASE_PORT = 5000;
let current = faults.parse({});
let state = (Number(seed) || 1) >>> 0;

/** Xorshift: reproducible faults for a seed and the same frames. @returns from 0 to 1 */
function random(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

function chance(share: number): boolean {
  return random() < share;
}

interface Side {
  readonly socket: Socket;
  readonly socatPort: number;
  readonly socat: ChildProcess;
}

function open(name: string, index: number): Promise<Side> {
  const [own, other] = [BASE_PORT + 2 * index, BASE_PORT + 2 * index + 1];
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 });
  return new Promise((resolve) => {
    socket.bind(own, '127.0.0.1', () => {
      const frames = `INTERFACE:${name}`;
      const loopback = `UDP4-DATAGRAM:127.0.0.1:${own},bind=127.0.0.1:${other}`;
      const socat = spawn('socat', ['-b', '65536', frames, loopback], { stdio: ['ignore', 'inherit', 'inherit'] });
      socat.once('exit', () => process.exit(1));
      resolve({ socket, socatPort: other, socat });
    });
  });
}

function carry(from: Side, to: Side): void {
  const send = (frame: Buffer): void => to.socket.send(frame, to.socatPort, '127.0.0.1');
  from.socket.on('message', (frame) => {
    if (chance(current.echo) && !chance(current.loss)) {
      const { echoFromMs, echoToMs } = current;
      setTimeout(send, echoFromMs + random() * (echoToMs - echoFromMs), frame);
    }
    if (chance(current.loss)) return;
    if (chance(current.damage)) frame[Math.floor(frame.length / 2)] = (frame[Math.floor(frame.length / 2)] ?? 0) ^ 0x55;
    if (chance(current.duplicate)) send(frame);
    if (chance(current.reorder)) setTimeout(send, current.delayMs, frame);
    else send(frame);
  });
}

const [a, b] = await Promise.all([open(left, 0), open(right, 1)]);
carry(a, b);
carry(b, a);
createInterface({ input: process.stdin }).on('line', (line) => {
  current = faults.parse(JSON.parse(line));
});
process.once('SIGTERM', () => {
  for (const side of [a, b]) side.socat.kill();
  process.exit(0);
});
report({ event: 'ready' });
