import type { TopReply } from '../agent/control/messages.ts';
import type { PageClient, PageTop } from './page-model.ts';

/** Clients on the page. */
const SHOWN = 10;
const BITS = 8;
/** Age up to which a session counts as new, seconds. */
const NEW_SECONDS = 60;
const SECOND_MS = 1000;

/** The clients with most ports; their traffic is what has been added from one answer to the next. */
export class TopClients {
  #bytes: ReadonlyMap<string, number> = new Map();
  #atMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs on a clock that never goes back; @param time of day, milliseconds since 1970 */
  update(reply: TopReply, nowMs: number, time: number): PageTop {
    const seconds = (nowMs - this.#atMs) / SECOND_MS;
    const clients = reply.rows.slice(0, SHOWN).map((row): PageClient => {
      const { address, instance, checkedBy, poolPorts, sessions, newLastMinute, bytes } = row;
      const before = this.#bytes.get(keyOf(row));
      // Sessions that have ended take their bytes with them: then nothing is known.
      const bits = before === undefined || bytes < before ? -1 : (BITS * (bytes - before)) / seconds;
      return {
        address,
        instance,
        checkedBy,
        ports: poolPorts,
        sessions,
        newSessions: newLastMinute / NEW_SECONDS,
        bits,
      };
    });
    this.#bytes = new Map(reply.rows.map((row) => [keyOf(row), row.bytes]));
    this.#atMs = nowMs;
    const { groups, approximate, total } = reply;
    return { time, clients, all: groups, approximate, ports: total?.poolPorts ?? 0, problem: '' };
  }
}

/** Why there is no list. */
export function withoutClients(time: number, problem: string): PageTop {
  return { time, clients: [], all: 0, ports: 0, approximate: false, problem };
}

function keyOf({ instance, address }: { readonly instance: string; readonly address: string }): string {
  return `${instance} ${address}`;
}
