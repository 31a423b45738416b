/*
 * Keeps TCP connections and UDP flows open to the lab's echo server. Each line `check N` on standard input sends one
 * message over each of them and reports how many answered within N milliseconds (UDP messages are repeated in between).
 * Usage: sessions-main.js SERVER[,SERVER…] TCP-COUNT UDP-COUNT [OWN-ADDRESS[,OWN-ADDRESS…]] Flows alternate between the
 * servers and between the own addresses.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { report } from './events.ts';

const ECHO_PORT = 7;
const REPEAT_MS = 200;

const [serverList = '', tcpCount = '0', udpCount = '0', ownList] = process.argv.slice(2);
const servers = serverList.split(',');
const owns = ownList?.split(',') ?? [undefined];
let round = 0;

abstract class Flow {
  answered = 0;
  abstract ask(): void;
  get ok(): boolean {
    return this.answered === round;
  }
  /** Echoed messages contain the number of the round, and the name of the client for the server. */
  protected onAnswer(text: string): void {
    const last = text.trim().split('\n').at(-1);
    if (last !== undefined && Number(last.split(' ')[0]) === round) this.answered = round;
  }
}

class TcpFlow extends Flow {
  broken = false;
  readonly #socket: Socket;
  constructor(ready: () => void, { server, own }: Path) {
    super();
    this.#socket = connect({ host: server, port: ECHO_PORT, ...(own === undefined ? {} : { localAddress: own }) });
    this.#socket.setNoDelay(true);
    this.#socket.once('connect', ready);
    this.#socket.on('data', (data) => this.onAnswer(data.toString()));
    this.#socket.on('error', () => (this.broken = true));
    this.#socket.on('close', () => (this.broken = true));
  }
  override ask(): void {
    if (!this.broken) this.#socket.write(`${round} ${this.#socket.localAddress}/${this.#socket.localPort}\n`);
  }
}

class UdpFlow extends Flow {
  readonly #socket: UdpSocket;
  constructor(ready: () => void, { server, own }: Path) {
    super();
    this.#socket = createSocket('udp6');
    this.#socket.on('error', () => {
      // An ICMP error; the message is repeated anyway.
    });
    this.#socket.on('message', (data) => this.onAnswer(data.toString()));
    this.#socket.bind({ port: 0, ...(own === undefined ? {} : { address: own }) }, () =>
      this.#socket.connect(ECHO_PORT, server, ready),
    );
  }
  override ask(): void {
    const { address, port } = this.#socket.address();
    this.#socket.send(`${round} ${address}/${port}\n`);
  }
}

interface Path {
  readonly server: string;
  readonly own: string | undefined;
}

function path(index: number): Path {
  return { server: servers[index % servers.length] ?? '', own: owns[index % owns.length] };
}

function open<T extends Flow>(count: number, make: (ready: () => void, path: Path) => T): Promise<T[]> {
  return new Promise((resolve) => {
    const flows: T[] = [];
    let missing = count;
    const ready = (): void => {
      missing--;
      if (missing === 0) resolve(flows);
    };
    for (let index = 0; index < count; index++) flows.push(make(ready, path(index)));
    if (count === 0) resolve(flows);
  });
}

async function check(tcp: readonly TcpFlow[], udp: readonly UdpFlow[], withinMs: number): Promise<void> {
  round++;
  const deadline = performance.now() + withinMs;
  for (const flow of tcp) flow.ask();
  const all: readonly Flow[] = [...tcp, ...udp];
  while (performance.now() < deadline && !all.every((flow) => flow.ok)) {
    for (const flow of udp) if (!flow.ok) flow.ask();
    const repeatAt = performance.now() + REPEAT_MS;
    while (performance.now() < repeatAt && !all.every((flow) => flow.ok)) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  }
  report({
    event: 'checked',
    tcp: tcp.filter((flow) => flow.ok).length,
    udp: udp.filter((flow) => flow.ok).length,
    tcpBroken: tcp.filter((flow) => flow.broken).length,
    tcpTotal: tcp.length,
    udpTotal: udp.length,
  });
}

const tcp = await open(Number(tcpCount), (ready, from) => new TcpFlow(ready, from));
const udp = await open(Number(udpCount), (ready, from) => new UdpFlow(ready, from));
report({ event: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const [word, withinMs] = line.split(' ');
  if (word === 'check') await check(tcp, udp, Number(withinMs));
}
