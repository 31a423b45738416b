import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { StreamAccount } from './stream-account.ts';

/** Answers of packets that take longer count as lost; those of a TCP connection as broken. */
export const LATE_MS = 1000;
const TCP_LATE_MS = 8000;

export interface Server {
  readonly address: string;
  readonly port: number;
}

/** Paced packets with sequence numbers. */
export class PacketFlow {
  readonly account = new StreamAccount(LATE_MS);
  readonly #socket: UdpSocket;
  #open = false;
  #receivedMs = performance.now();

  constructor({ address, port }: Server) {
    this.#socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    this.#socket.on('error', () => undefined); // an ICMP error: the packet counts as lost anyway
    this.#socket.on('message', (message) => {
      this.#receivedMs = performance.now();
      this.account.answered(Number(message.toString()), this.#receivedMs);
    });
    this.#socket.connect(port, address, () => {
      this.#open = true;
    });
  }

  send(): void {
    if (!this.#open) return;
    this.#socket.send(String(this.account.sent(performance.now())), () => undefined);
  }

  /** Time since the last answer, milliseconds. */
  get gapMs(): number {
    return performance.now() - this.#receivedMs;
  }
}

/** A connection with numbered lines, each verified when it returns. */
export class ConnectionFlow {
  readonly #socket: Socket;
  #broken = false;
  #sent = 0;
  #answered = 0;
  #rest = '';
  #receivedMs = performance.now();
  #longestMs = 0;

  constructor({ address, port }: Server) {
    this.#socket = connect({ host: address, port });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (data) => this.#take(data.toString('latin1')));
    for (const event of ['error', 'close']) this.#socket.on(event, () => this.#break());
  }

  send(): void {
    if (this.#broken || this.#socket.pending) return;
    this.#sent += 1;
    this.#socket.write(contentOf(this.#sent));
  }

  mark(): void {
    this.#longestMs = 0;
    this.#receivedMs = performance.now();
  }

  get longestGapMs(): number {
    return this.#longestMs;
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** Whether everything sent so far returns, complete and in order, within some seconds. */
  async answers(): Promise<boolean> {
    const goal = this.#sent;
    const deadline = performance.now() + TCP_LATE_MS;
    while (!this.#broken && this.#answered < goal && performance.now() < deadline) await pause(20);
    return !this.#broken && this.#answered >= goal;
  }

  #take(text: string): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#receivedMs);
    this.#receivedMs = now;
    this.#rest += text;
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
      this.#answered += 1;
      if (this.#rest.slice(0, end + 1) !== contentOf(this.#answered)) return this.#break();
      this.#rest = this.#rest.slice(end + 1);
    }
  }

  #break(): void {
    this.#broken = true;
    this.#socket.destroy();
  }
}

/** A line that reveals losses, duplicates and changes: its number, and digits derived from it. */
function contentOf(number: number): string {
  return `${number} ${Math.imul(number, 0x9e3779b1) >>> 0}\n`;
}

/** One new connection: opened, one line in each direction, closed. @returns whether it succeeded in time */
export function openOnce({ address, port }: Server): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (worked: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(worked);
    };
    const timer = setTimeout(() => end(false), TCP_LATE_MS);
    socket.once('connect', () => void socket.write('1\n'));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
