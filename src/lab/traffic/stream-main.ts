/*
 * Numbered packets at a constant rate to the lab's echo server: UDP flows, and TCP connections with one line each.
 * Usage: stream-main.js SERVER[,SERVER…] UDP-COUNT TCP-COUNT INTERVAL-MS [OWN-ADDRESS[,OWN-ADDRESS…]] Standard input:
 *   mark             the account begins anew
 *   account          after a second for what is on its way: what was sent and lost since the mark
 */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { report } from './events.ts';
import { StreamAccount } from '../../drills/probe/stream-account.ts';

const ECHO_PORT = 7;
/** Later answers count as lost. */
const LATE_MS = 1_000;
const TCP_LATE_MS = 8_000;

const [serverList = '', udpCount = '0', tcpCount = '0', interval = '5', ownList] = process.argv.slice(2);
const servers = serverList.split(',');
const owns = ownList?.split(',') ?? [undefined];

interface Path {
  readonly server: string;
  readonly own: string | undefined;
}

interface Sender {
  send(): void;
}

class UdpStream implements Sender {
  readonly account = new StreamAccount();
  readonly #socket = createSocket('udp6');
  #open = false;

  constructor(ready: () => void, { server, own }: Path) {
    this.#socket.on('error', () => undefined); // an ICMP error: the packet counts as lost anyway
    this.#socket.on('message', (message) =>
      this.account.answered(Number(message.toString().split(' ')[0]), performance.now()),
    );
    this.#socket.bind(0, own, () => {
      this.#socket.connect(ECHO_PORT, server, () => {
        this.#open = true;
        ready();
      });
    });
  }

  send(): void {
    if (!this.#open) return;
    const { address, port } = this.#socket.address();
    const number = this.account.sent(performance.now());
    this.#socket.send(`${number} ${address}/${port}`, () => undefined);
  }
}

class TcpStream implements Sender {
  broken = false;
  longestGapMs = 0;
  receivedNumber = -1;
  number = 0;
  readonly #socket;
  #receivedMs = performance.now();

  constructor(ready: () => void, { server, own }: Path) {
    this.#socket = connect({ host: server, port: ECHO_PORT, ...(own === undefined ? {} : { localAddress: own }) });
    this.#socket.setNoDelay(true);
    this.#socket.once('connect', ready);
    this.#socket.on('data', (data) => this.#answered(data.toString()));
    this.#socket.on('error', () => (this.broken = true));
    this.#socket.on('close', () => (this.broken = true));
  }

  send(): void {
    if (this.broken || this.#socket.pending) return;
    this.#socket.write(`${this.number++} ${this.#socket.localAddress}/${this.#socket.localPort}\n`);
  }

  mark(): void {
    this.longestGapMs = 0;
    this.#receivedMs = performance.now();
  }

  #answered(text: string): void {
    const now = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, now - this.#receivedMs);
    this.#receivedMs = now;
    const last = text.trim().split('\n').at(-1)?.split(' ')[0];
    if (last !== undefined) this.receivedNumber = Number(last);
  }
}

const total = Number(udpCount) + Number(tcpCount);
let ready = 0;
const countReady = (): void => {
  if (++ready === total) report({ event: 'ready' });
};
const path = (index: number): Path => ({
  server: servers[index % servers.length] ?? '',
  own: owns[Math.floor(index / servers.length) % owns.length],
});
const udp = Array.from({ length: Number(udpCount) }, (_, index) => new UdpStream(countReady, path(index)));
const tcp = Array.from({ length: Number(tcpCount) }, (_, index) => new TcpStream(countReady, path(index)));

/** TCP retransmits: a connection is alive if everything sent so far is answered within some seconds. */
async function answering(): Promise<number> {
  const goals = tcp.map((stream) => stream.number - 1);
  const deadline = performance.now() + TCP_LATE_MS;
  const behind = (stream: TcpStream, index: number): boolean => stream.receivedNumber < (goals[index] ?? 0);
  while (tcp.some((stream, index) => !stream.broken && behind(stream, index)) && performance.now() < deadline) {
    await pause(20);
  }
  return tcp.filter((stream, index) => !stream.broken && !behind(stream, index)).length;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function account(): Promise<void> {
  const until = performance.now();
  await pause(LATE_MS);
  const flows = udp.map((stream) => stream.account.upTo(until));
  const alive = await answering();
  report({
    event: 'streamed',
    sent: flows.reduce((sum, { sent }) => sum + sent, 0),
    lost: flows.reduce((sum, { lost }) => sum + lost, 0),
    outageMs: Math.max(0, ...flows.map(({ outageMs }) => outageMs)),
    tcp: alive,
    tcpTotal: tcp.length,
    tcpBroken: tcp.filter(({ broken }) => broken).length,
    tcpGapMs: Math.max(0, ...tcp.map(({ longestGapMs }) => longestGapMs)),
  });
}

setInterval(() => {
  for (const stream of [...udp, ...tcp]) stream.send();
}, Number(interval));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'account') void account();
  if (line !== 'mark') return;
  for (const stream of udp) stream.account.mark();
  for (const stream of tcp) stream.mark();
});
