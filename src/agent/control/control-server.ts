import { once } from 'node:events';
import { rmSync } from 'node:fs';
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { codeOf } from '../../codes.ts';
import { ControlError, NotAllowedError } from './control-error.ts';
import { CODE_KEY, CONTROL } from './control-service.ts';
import { CHANGE_GROUP, LOOK_GROUP, restrictTo } from './socket-access.ts';
import {
  type BibPage,
  complete,
  type Complete,
  type DrainRequest,
  type Event,
  type EventsRequest,
  type ExplainReply,
  type ExplainRequest,
  type Outcome,
  type PoolReply,
  type PoolRequest,
  type ReloadReply,
  type ReloadRequest,
  type SessionPage,
  type SessionsRequest,
  type StatsReply,
  type StatsRequest,
  type StatusReply,
  type TakeSliceRequest,
} from './messages.ts';

/** Where it is asked: by who may change things, and by who may only look. */
export interface ControlSockets {
  readonly socket: string;
  readonly lookSocket: string;
}

/** What the agent does for each call. A `ControlError` becomes a sentence on the operator's terminal. */
export interface ControlHandlers {
  getStatus(): Promise<StatusReply>;
  listSessions(request: SessionsRequest): AsyncIterable<SessionPage>;
  listBib(request: SessionsRequest): AsyncIterable<BibPage>;
  getStats(request: StatsRequest): Promise<StatsReply>;
  getPool(request: PoolRequest): Promise<PoolReply>;
  explain(request: ExplainRequest): Promise<ExplainReply>;
  drain(request: DrainRequest): Promise<Outcome>;
  undrain(): Promise<Outcome>;
  release(): Promise<Outcome>;
  takeSlice(request: TakeSliceRequest): Promise<Outcome>;
  reload(request: ReloadRequest): Promise<ReloadReply>;
  listEvents(request: EventsRequest, stopped: AbortSignal): AsyncIterable<Event>;
}

/** The operator may ask for a great deal, but not send it. */
const MAX_REQUEST_BYTES = 64 * 1024;
/** Calls at once on one connection. */
const MAX_CALLS = 32;
/** Memory of one connection, megabytes: answers that a client does not read are held up to this. */
const MAX_SESSION_MEMORY = 16;
/** A stream whose client reads nothing for so long ends. Milliseconds. */
const STALL_MS = 30_000;

/**
 * Serves the control API on two UNIX sockets. The caller holds the node's lock, so a socket that is already there is a
 * dead agent's. Until they are given to their groups they are the owner's alone, by the process's umask.
 */
export class ControlServer {
  readonly #servers: readonly Server[];
  readonly #sockets: ControlSockets;

  private constructor(servers: readonly Server[], sockets: ControlSockets) {
    this.#servers = servers;
    this.#sockets = sockets;
  }

  static async start(sockets: ControlSockets, handlers: ControlHandlers): Promise<ControlServer> {
    const all = await serve(sockets.socket, handlers);
    restrictTo(sockets.socket, CHANGE_GROUP);
    const looking = await serve(sockets.lookSocket, { ...handlers, ...REFUSALS });
    restrictTo(sockets.lookSocket, LOOK_GROUP);
    return new ControlServer([all, looking], sockets);
  }

  stop(): void {
    for (const server of this.#servers) server.forceShutdown();
    rmSync(this.#sockets.socket, { force: true });
    rmSync(this.#sockets.lookSocket, { force: true });
  }
}

async function serve(path: string, handlers: ControlHandlers): Promise<Server> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
    'grpc.max_concurrent_streams': MAX_CALLS,
    'grpc-node.max_session_memory': MAX_SESSION_MEMORY,
  });
  addService(server, handlers);
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return server;
}

async function notAllowed(): Promise<never> {
  throw new NotAllowedError(`you may look and not change anything; that needs root or the group ${CHANGE_GROUP}`);
}

/** What takes the place of the calls that change something. */
const REFUSALS = {
  drain: notAllowed,
  undrain: notAllowed,
  release: notAllowed,
  takeSlice: notAllowed,
  reload: notAllowed,
};

function addService(server: Server, handlers: ControlHandlers): void {
  server.addService(CONTROL, {
    getStatus: unary(() => handlers.getStatus()),
    listSessions: stream((request: SessionsRequest) => handlers.listSessions(request)),
    listBib: stream((request: SessionsRequest) => handlers.listBib(request)),
    getStats: unary((request: StatsRequest) => handlers.getStats(request)),
    getPool: unary((request: PoolRequest) => handlers.getPool(request)),
    explain: unary((request: ExplainRequest) => handlers.explain(request)),
    drain: unary((request: DrainRequest) => handlers.drain(request)),
    undrain: unary(() => handlers.undrain()),
    release: unary(() => handlers.release()),
    takeSlice: unary((request: TakeSliceRequest) => handlers.takeSlice(request)),
    reload: unary((request: ReloadRequest) => handlers.reload(request)),
    listEvents: stream((request: EventsRequest, stopped) => handlers.listEvents(request, stopped)),
  });
}

function unary<Request extends object, Reply>(handle: (request: Complete<Request>) => Promise<Reply>) {
  return (call: ServerUnaryCall<Request, Reply>, answer: sendUnaryData<Reply>): void => {
    handle(complete(call.request)).then(
      (reply) => answer(null, reply),
      (error: unknown) => answer(asStatus(error)),
    );
  };
}

function stream<Request extends object, Reply>(
  handle: (request: Complete<Request>, stopped: AbortSignal) => AsyncIterable<Reply>,
) {
  return (call: ServerWritableStream<Request, Reply>): void => {
    const stopper = new AbortController();
    call.on('cancelled', () => stopper.abort());
    writeAll(call, handle(complete(call.request), stopper.signal), stopper.signal).then(
      () => call.end(),
      (error: unknown) => {
        if (!stopper.signal.aborted) call.emit('error', asStatus(error));
      },
    );
  };
}

async function writeAll<Request, Reply>(
  call: ServerWritableStream<Request, Reply>,
  replies: AsyncIterable<Reply>,
  stopped: AbortSignal,
  stallMs = STALL_MS,
): Promise<void> {
  for await (const reply of replies) {
    if (stopped.aborted) return;
    if (!call.write(reply))
      await once(call, 'drain', { signal: AbortSignal.any([stopped, AbortSignal.timeout(stallMs)]) });
  }
}

function asStatus(error: unknown): { code: status; details: string; metadata: Metadata } {
  const details = error instanceof Error ? error.message : String(error);
  const metadata = new Metadata();
  metadata.set(CODE_KEY, codeOf(error, 'request-failed'));
  return { code: statusOf(error), details, metadata };
}

function statusOf(error: unknown): status {
  if (error instanceof NotAllowedError) return status.PERMISSION_DENIED;
  return error instanceof ControlError ? status.INVALID_ARGUMENT : status.INTERNAL;
}
