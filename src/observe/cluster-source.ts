import { CONTROL } from '../agent/control/control-service.ts';
import type { ControlHandlers } from '../agent/control/control-server.ts';
import {
  complete,
  type DropsReply,
  type Event,
  type EventsRequest,
  type StatusReply,
  type TopReply,
} from '../agent/control/messages.ts';
import type { HttpSource } from './http-endpoint.ts';
import type { PeerEvents } from './page-events.ts';

/** Of each other node. */
const EVENTS = 100;
/** A node that does not answer in this time has its events missing on the page until the next time. Milliseconds. */
const ANSWER_MS = 2000;
/** Clients that are compared from one time to the next; the page shows fewer. */
const CLIENTS = 200;
/** Of each reason. */
const SOURCES = 3;
/** As the caller of what the page reads of other nodes. */
const CALLER = { user: 'status-page' };

type Asked = Pick<ControlHandlers, 'callPeer' | 'getDrops' | 'getStatus' | 'listEvents' | 'topSessions'>;

/** The agent as the HTTP endpoint asks it, also about the other nodes. */
export class ClusterSource implements HttpSource {
  readonly #handlers: Asked;

  constructor(handlers: Asked) {
    this.#handlers = handlers;
  }

  getStatus(): Promise<StatusReply> {
    return this.#handlers.getStatus();
  }

  listEvents(request: EventsRequest, stopped: AbortSignal): AsyncIterable<Event> {
    return this.#handlers.listEvents(request, stopped);
  }

  /** Never fails: of a node that does not answer it says why. */
  async peerEvents(): Promise<PeerEvents> {
    const { nodes } = await this.#handlers.getStatus();
    const others = nodes.filter(({ self }) => !self);
    const answers = await Promise.all(
      others.map(async ({ name, alive }): Promise<PeerEvents> => {
        if (!alive) return { events: [], missing: [`${name} is down: its own events come when it is back`] };
        try {
          return { events: await this.#eventsOf(name), missing: [] };
        } catch (error) {
          return { events: [], missing: [error instanceof Error ? error.message : String(error)] };
        }
      }),
    );
    return {
      events: answers.flatMap(({ events }) => events),
      missing: answers.flatMap(({ missing }) => missing),
    };
  }

  /** Those that hold most ports of pool4, of all sessions that this node holds. @throws ControlError */
  topClients(): Promise<TopReply> {
    const sessions = {
      instance: '',
      protocol: '',
      client: '',
      pool4: '',
      remote: '',
      owner: 0,
      limit: CLIENTS,
      countOnly: false,
      outsidePool4: false,
      sort: '',
    };
    return this.#handlers.topSessions({ sessions, by: 'clients', sort: 'ports', prefixLength: 0 });
  }

  /** Sources of what this node did not translate in the last minute, the most frequent ones. @throws ControlError */
  drops(): Promise<DropsReply> {
    return this.#handlers.getDrops({ instance: '', reason: '', limit: SOURCES });
  }

  async #eventsOf(node: string): Promise<Event[]> {
    const { requestSerialize, responseDeserialize, originalName = '' } = CONTROL.listEvents;
    const message = requestSerialize({ last: EVENTS, follow: false });
    const call = { node, method: originalName, message, limitMs: ANSWER_MS };
    const events: Event[] = [];
    const stopped = new AbortController();
    for await (const reply of this.#handlers.callPeer(call, stopped.signal, CALLER)) {
      events.push(complete(responseDeserialize(Buffer.from(reply.message))));
    }
    return events;
  }
}
