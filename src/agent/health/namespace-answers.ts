import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { EchoSocket } from '../../linux/echo-socket.ts';
import { InterfaceQuery } from '../../linux/interface-state.ts';
import { RouteLookup } from '../../linux/route-lookup.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import type { LocalAddress, ViewAnswers, ViewCall, ViewQuestion, ViewReply } from './namespace-questions.ts';
import { RoundTrips } from './round-trips.ts';
import { afterPoll, silence } from './silence.ts';

/** Polling interval of the socket for an echo reply, milliseconds. */
const REPLY_POLL_MS = 2;

/** Answers requests about the network namespace in which the thread was at construction. */
export class NamespaceAnswers {
  readonly #interfaces = new InterfaceQuery();
  readonly #routes = new RouteLookup();
  readonly #roundTrips = new RoundTrips();
  #lastPing = 0;

  /** An error is an answer too. */
  async reply({ id, question }: ViewCall): Promise<ViewReply> {
    try {
      return { id, value: await this.#answer(question) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { id, failure: error instanceof Error ? error.message : String(error), code };
    }
  }

  close(): void {
    this.#roundTrips.close();
    this.#interfaces.close();
    this.#routes.close();
  }

  async #answer(question: ViewQuestion): Promise<ViewAnswers[ViewQuestion['method']]> {
    switch (question.method) {
      case 'interfaceState':
        return this.#interfaces.state(question.name);
      case 'interfacesTo': {
        const source = question.source === undefined ? undefined : bytesOf(question.source);
        return question.addresses.map((address) => this.#routes.interfaceTo(bytesOf(address), source));
      }
      case 'localAddresses':
        return localAddresses();
      case 'roundTrip':
        return this.#roundTrips.run(question.path, question.timeoutMs);
      case 'ping':
        return ping(question.address, ++this.#lastPing, question.timeoutMs);
      case 'connect':
      default:
        return connectTo(question.address, question.port, question.timeoutMs);
    }
  }
}

function bytesOf(address: string): Uint8Array {
  const bytes6 = parseIpv6(address);
  if (bytes6 !== undefined) return bytes6;
  const value = parseIpv4(address);
  if (value === undefined) throw new Error(`"${address}" is not an address`);
  return new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
}

/** 127.0.0.0/8 is excluded, on any interface. */
function localAddresses(): LocalAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, entries = []]) =>
    entries
      .filter(({ internal, address }) => !internal && !address.startsWith('127.'))
      .map(({ family, address }) => ({ interface: name, family: family === 'IPv4' ? 4 : 6, address })),
  );
}

async function ping(address: string, sequence: number, timeoutMs: number): Promise<number> {
  const socket = new EchoSocket(bytesOf(address), process.pid);
  const begun = performance.now();
  try {
    socket.send(sequence);
    while (!socket.hasReply(sequence)) {
      if (performance.now() - begun >= timeoutMs)
        throw silence(`no echo reply within ${timeoutMs} ms`, begun, timeoutMs);
      await new Promise((resolve) => {
        setTimeout(resolve, REPLY_POLL_MS);
      });
    }
    return performance.now() - begun;
  } finally {
    socket.close();
  }
}

async function connectTo(address: string, port: number, timeoutMs: number): Promise<number> {
  const begun = performance.now();
  const socket = connect({ host: address, port });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = afterPoll(timeoutMs, () => reject(silence(`no answer within ${timeoutMs} ms`, begun, timeoutMs)));
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return performance.now() - begun;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
