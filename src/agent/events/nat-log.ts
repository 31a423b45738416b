import { appendFile } from 'node:fs/promises';
import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import type { Clock } from '../../replication/clock.ts';
import { decodeNatEvent, NAT_EVENT_SIZE, type NatEvent } from '../../translator/nat64/nat-events.ts';
import type { FileQueue } from '../files/file-queue.ts';
import { LineWriter, type WriteLines } from '../files/line-writer.ts';
import type { EventInput } from './event-log.ts';

/** An instance's events; see src/translator/nat64/nat-events.ts. */
export interface NatEventSource {
  readonly name: string;
  takeEvents(out: Uint8Array, offset: number, max: number): number;
}

const LOOK_MS = 250;
const BATCH = 1024;
/** Characters of lines that wait for a slow disk; further lines are lost and counted. */
const MAX_WAITING = 8 * 1024 * 1024;
/** Waiting, at the end, for the last lines to be written, milliseconds. */
const LAST_LINES_MS = 2000;
const PROTOCOLS = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmp'],
]);

/** The file is opened for each write, so that a program that rotates logs may move it away at any time. */
export function natLogFile(path: string, queue: FileQueue): WriteLines {
  return (text) => queue.run(() => appendFile(path, text, { mode: 0o600 }));
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
  readonly #writer: LineWriter;
  readonly #clock: Clock;
  readonly #addEvent: (event: EventInput) => void;
  readonly #batch = new Uint8Array(BATCH * NAT_EVENT_SIZE);
  #cancel: () => void = () => undefined;

  /** @param sources may become others while it runs */
  constructor(
    node: string,
    sources: readonly NatEventSource[],
    world: { write: WriteLines; clock: Clock; addEvent: (event: EventInput) => void },
  ) {
    this.#node = node;
    this.#sources = sources;
    this.#clock = world.clock;
    this.#addEvent = world.addEvent;
    const { write, clock } = world;
    const onChange = (failure: string | undefined): void => this.#tell(failure);
    this.#writer = new LineWriter({ write, clock, maxWaiting: MAX_WAITING, onChange });
  }

  /** Lines that were not written: there was no space for them, or the file could not be written. */
  get lost(): number {
    return this.#writer.lost;
  }

  start(): void {
    this.#cancel = this.#clock.after(LOOK_MS, () => {
      this.look();
      this.start();
    });
  }

  /** Takes what the instances have and returns when it is written, or the disk takes too long. */
  async stop(): Promise<void> {
    this.#cancel();
    this.look();
    await this.#writer.flush(LAST_LINES_MS);
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
  }

  #take(instance: string, event: NatEvent): void {
    if (event.kind === 'poolExhausted' || event.kind === 'clientLimit') {
      this.#addEvent({
        code: event.kind === 'poolExhausted' ? 'pool-exhausted' : 'client-limit-reached',
        subject: 'instance',
        name: instance,
        to: 'refuses',
        reason: refusal(event),
      });
    }
    this.#writer.add(`${JSON.stringify(lineOf(this.#node, instance, event))}\n`);
  }

  #tell(failure: string | undefined): void {
    const code = failure === undefined ? 'nat-log-restored' : 'nat-log-lost';
    const to = failure === undefined ? 'NAT log restored' : 'NAT log lost lines';
    const reason = failure ?? `${this.lost} lines were lost`;
    this.#addEvent({ code, subject: 'node', name: this.#node, to, reason });
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
