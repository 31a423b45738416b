import type { ClusterConfig } from '../../cluster/schema.ts';
import { CallError } from '../../replication/calls/call-limits.ts';
import type { PeerCalls, PeerRequest } from '../../replication/calls/peer-calls.ts';
import type { EventLog } from '../events/event-log.ts';
import { type Caller, describeCaller, userName } from './caller.ts';
import { type CHANGES, isChanging, isOfDrills, methodNamed } from './changes.ts';
import { ControlError, NotAllowedError } from './control-error.ts';
import type { OwnHandlers } from './control-server.ts';
import { carryOut } from './dispatch.ts';
import type { PeerCallReply, PeerCallRequest, SessionsRequest } from './messages.ts';

export interface PeerRequestsWorld {
  readonly node: string;
  /** Slots of all nodes by name. */
  readonly slots: ReadonlyMap<string, number>;
  /** The current permissions of other nodes in the cluster file. */
  readonly allowed: () => ClusterConfig['remoteCommands'];
  readonly ask: PeerCalls['ask'];
}

/** Requests of operators to another node, in both directions. */
export class PeerRequests {
  readonly #world: PeerRequestsWorld;
  readonly #handlers: OwnHandlers;

  /** @param handlers executed on this node */
  constructor(world: PeerRequestsWorld, handlers: OwnHandlers) {
    this.#world = world;
    this.#handlers = handlers;
  }

  /** Forwards a request to another node, or executes it here if it is for this one. @throws ControlError, CallError */
  async *callPeer(
    { node, method, message, limitMs }: PeerCallRequest,
    stopped: AbortSignal,
    caller: Caller,
  ): AsyncGenerator<PeerCallReply> {
    const name = methodNamed(method);
    const slot = this.#world.slots.get(node);
    if (slot === undefined) throw new ControlError(`there is no node ${node}; there are: ${this.#names()}`);
    const replies =
      node === this.#world.node
        ? carryOut(this.#handlers, name, message, stopped, caller)
        : this.#ask(node, slot, { method, message, user: caller.user }, limitMs);
    for await (const reply of replies) {
      if (stopped.aborted) return;
      yield { message: reply };
    }
  }

  /** Executes a request of another node. @throws ControlError, NotAllowedError, or the error of the handler */
  async *answer(
    slot: number,
    { method, message, user }: PeerRequest,
    stopped: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const name = methodNamed(method);
    const allowed = this.#world.allowed();
    const permitted = allowed === 'changing' || !isChanging(name) || isOfDrills(name);
    if (allowed === 'none' || !permitted) {
      const { node } = this.#world;
      throw new NotAllowedError(`${node} does not take that from other nodes: remoteCommands is ${allowed}`);
    }
    const from = [...this.#world.slots].find(([, one]) => one === slot)?.[0] ?? `slot ${slot}`;
    yield* carryOut(this.#handlers, name, message, stopped, { user: userName(user), node: from });
  }

  /** Errors include the node's name, because the operator may have asked several. */
  async *#ask(node: string, slot: number, request: PeerRequest, limitMs: number): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#world.ask(slot, request, limitMs);
    } catch (error) {
      if (error instanceof CallError) throw new CallError(error.code, `node ${node}: ${error.message}`);
      throw error;
    }
  }

  #names(): string {
    return [...this.#world.slots.keys()].join(', ');
  }
}

/** Wraps handlers so that those with side effects record an event with the caller. */
export function recordingChanges(handlers: OwnHandlers, node: string, events: EventLog): OwnHandlers {
  const record = (command: string, caller: Caller): void => {
    const reason = `requested by ${describeCaller(caller)}`;
    events.add({ code: 'command-requested', subject: 'node', name: node, to: `${command} requested`, reason });
  };
  const recorded = Object.entries(COMMANDS).map(([name, command]) => {
    // The handler of the same name, with its own request.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const handle = handlers[name as keyof typeof COMMANDS].bind(handlers) as (
      ...all: [object, AbortSignal, Caller]
    ) => object;
    const recording = (...all: [object, AbortSignal, Caller]): object => {
      record(command, all[2]);
      return handle(...all);
    };
    return [name, recording] as const;
  });
  return {
    ...handlers,
    ...Object.fromEntries(recorded),
    async endSessions(request, stopped, caller) {
      const reply = await handlers.endSessions(request, stopped, caller);
      record(`sessions end of ${filterOf(request)}`, caller);
      return reply;
    },
    async *tracePackets(request, stopped, caller) {
      let isRecorded = false;
      // The first reply comes when everything that was asked for has been found good.
      for await (const reply of handlers.tracePackets(request, stopped, caller)) {
        if (!isRecorded)
          record(`${request.command === 'capture' ? 'capture' : 'trace'} of ${filterOf(request)}`, caller);
        isRecorded = true;
        yield reply;
      }
    },
  };
}

/** Of these the event says what they are about, and is only of requests that were not refused. */
type Named = 'endSessions' | 'tracePackets';

/** "client 2001:db8::1, remote 192.0.2.1, instance internet" */
function filterOf(request: Partial<SessionsRequest>): string {
  const { client = '', pool4 = '', remote = '', protocol = '', instance = '', outsidePool4 = false } = request;
  const parts = Object.entries({ client, pool4, remote, protocol, instance })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${value}`);
  return [...parts, ...(outsidePool4 ? ['addresses outside pool4'] : [])].join(', ');
}

/** As operators know them. */
const COMMANDS: Readonly<Record<Exclude<(typeof CHANGES)[number], Named>, string>> = {
  drain: 'drain',
  undrain: 'undrain',
  release: 'node release',
  pause: 'pause',
  resume: 'resume',
  testWithdrawal: 'doctor --withdrawal',
  takeSlice: 'pool take',
  reload: 'reload',
  loadForeign: 'joold load',
  changeAdoption: 'joold done, listen or advertise',
  holdDrill: 'drill',
  drillStep: 'step of a drill',
};
