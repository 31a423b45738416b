import { appendFile } from 'node:fs/promises';
import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import type { Clock } from '../../replication/clock.ts';
import { decodeNatEvent, NAT_EVENT_SIZE, type NatEvent } from '../../translator/nat64/nat-events.ts';
import type { EventInput } from './event-log.ts';

/** An instance's events; see src/translator/nat64/nat-events.ts. */
export interface NatEventSource {
  readonly name: string;
  takeEvents(out: Uint8Array, offset: number, max: number): number;
}

/** Where lines go. Rejects when they could not be kept. */
export type WriteLines = (text: string) => Promise<void>;

const LOOK_MS = 250;
const BATCH = 1024;
/** Lines that wait for a slow disk; further ones are lost and counted. */
const WAITING_BYTES = 8 * 1024 * 1024;
const PROTOCOLS = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmp'],
]);

/** The file is opened for each write, so that a program that rotates logs may move it away at any time. */
export function natLogFile(path: string): WriteLines {
  return (text) => appendFile(path, text, { mode: 0o600 });
}

/**
 * The NAT log: one JSON object a line for each port block that is allocated or released, each session that begins or
 * ends (as the instance's `natLog` says), and each second in which clients were refused. Refusals also become events of
 * the node.
 *
 *     {"time":"2026-01-01T00:00:00.000Z","node":"gw1","instance":"lower","event":"blockAllocated","client":"2001:db8::1",
 *      "pool4":"192.0.2.1","ports":[1024,1087]}
 */
export class NatLog {
  readonly #node: string;
  readonly #sources: readonly NatEventSource[];
  readonly #write: WriteLines;
  readonly #clock: Clock;
  readonly #addEvent: (event: EventInput) => void;
  readonly #batch = new Uint8Array(BATCH * NAT_EVENT_SIZE);
  #waiting = '';
  #writing: Promise<void> | undefined;
  #cancel: () => void = () => undefined;
  #failing = false;
  /** Lines that were not kept: there was no room for them, or the file could not be written. */
  lost = 0;

  /** @param sources may become others while it runs */
  constructor(
    node: string,
    sources: readonly NatEventSource[],
    world: { write: WriteLines; clock: Clock; addEvent: (event: EventInput) => void },
  ) {
    this.#node = node;
    this.#sources = sources;
    this.#write = world.write;
    this.#clock = world.clock;
    this.#addEvent = world.addEvent;
  }

  start(): void {
    this.#cancel = this.#clock.after(LOOK_MS, () => {
      this.look();
      this.start();
    });
  }

  /** Takes what the instances have and returns when it is written. */
  async stop(): Promise<void> {
    this.#cancel();
    this.look();
    while (this.#writing !== undefined) await this.#writing;
  }

  /** One look at each instance, with a bound: what is left waits for the next. */
  look(): void {
    for (const source of this.#sources) {
      const count = source.takeEvents(this.#batch, 0, BATCH);
      for (let index = 0; index < count; index++) {
        const event = decodeNatEvent(this.#batch, index * NAT_EVENT_SIZE);
        if (event !== undefined) this.#take(source.name, event);
      }
    }
    this.#flush();
  }

  #take(instance: string, event: NatEvent): void {
    if (event.kind === 'poolExhausted' || event.kind === 'clientLimit') {
      this.#addEvent({
        severity: 'warning',
        subject: 'instance',
        name: instance,
        to: 'refuses',
        reason: refusal(event),
      });
    }
    const line = `${JSON.stringify(lineOf(this.#node, instance, event))}\n`;
    if (this.#waiting.length + line.length > WAITING_BYTES) this.lost += 1;
    else this.#waiting += line;
  }

  #flush(): void {
    if (this.#writing !== undefined || this.#waiting === '') return;
    const text = this.#waiting;
    this.#waiting = '';
    this.#writing = this.#write(text).then(
      () => this.#written(),
      (error: unknown) => this.#failed(text, error),
    );
  }

  #written(): void {
    this.#failing = false;
    this.#writing = undefined;
    this.#flush();
  }

  #failed(text: string, error: unknown): void {
    this.lost += text.split('\n').length - 1;
    this.#writing = undefined;
    if (this.#failing) return;
    this.#failing = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#addEvent({ severity: 'error', subject: 'node', name: this.#node, to: 'NAT log lost lines', reason });
  }
}

function refusal({ kind, client, count }: NatEvent): string {
  const what = kind === 'poolExhausted' ? 'no port of pool4 was free' : 'the limit of a client was reached';
  return `${what} for ${count} ${count === 1 ? 'packet' : 'packets'}, the last one from ${formatIpv6(client)}`;
}

/** What a line says; fields that an event does not have are left out. */
function lineOf(node: string, instance: string, event: NatEvent): object {
  const { kind, pool4Port, count, lostBefore } = event;
  const common = {
    time: new Date(event.timeMs).toISOString(),
    node,
    instance,
    event: kind,
    client: formatIpv6(event.client),
  };
  const lost = lostBefore > 0 ? { lostBefore } : {};
  const protocol = PROTOCOLS.get(event.protocol) ?? event.protocol;
  if (kind === 'poolExhausted' || kind === 'clientLimit') return { ...common, protocol, refused: count, ...lost };
  const pool4 = formatIpv4(event.pool4);
  if (kind === 'blockAllocated' || kind === 'blockReleased') {
    return { ...common, pool4, ports: [pool4Port, pool4Port + count - 1], ...lost };
  }
  return {
    ...common,
    protocol,
    port: event.clientPort,
    pool4,
    pool4Port,
    remote: formatIpv4(event.remote),
    remotePort: event.remotePort,
    ...lost,
  };
}
