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
import { type Caller, userName } from './caller.ts';
import { CHANGES, isChanging, methodNamed } from './changes.ts';
import { CODE_KEY, CONTROL, USER_KEY } from './control-service.ts';
import { CHANGE_GROUP, READ_GROUP, restrictTo } from './socket-access.ts';
import {
  type BibPage,
  type ChangeAdoptionRequest,
  complete,
  type Complete,
  type ConfigurationReply,
  type DrainRequest,
  type DrillBeat,
  type DrillHoldRequest,
  type DrillStepRequest,
  type DropsReply,
  type DropsRequest,
  type EmptyRequest,
  type EndReply,
  type Event,
  type EventsRequest,
  type ExplainReply,
  type ExplainRequest,
  type FollowReply,
  type LoadForeignReply,
  type LoadForeignRequest,
  type Outcome,
  type PauseRequest,
  type PeerCallReply,
  type PeerCallRequest,
  type LogFindings,
  type LogQuestion,
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
  type TestWithdrawalReply,
  type TestWithdrawalRequest,
  type TopReply,
  type TopRequest,
  type TraceReply,
  type TraceRequest,
} from './messages.ts';

/** The sockets: for full access, and for read access. */
export interface ControlSockets {
  readonly socket: string;
  readonly readSocket: string;
}

/**
 * Handlers of the calls. A `ControlError` becomes a sentence on the operator's terminal. Every handler gets the
 * request, a signal that the client has gone, and the caller.
 */
export interface ControlHandlers {
  getStatus(): Promise<StatusReply>;
  listSessions(request: SessionsRequest): AsyncIterable<SessionPage>;
  endSessions(request: SessionsRequest, stopped: AbortSignal, caller: Caller): Promise<EndReply>;
  followSessions(request: SessionsRequest, stopped: AbortSignal): AsyncIterable<FollowReply>;
  tracePackets(request: TraceRequest, stopped: AbortSignal, caller: Caller): AsyncIterable<TraceReply>;
  topSessions(request: TopRequest): Promise<TopReply>;
  getDrops(request: DropsRequest): Promise<DropsReply>;
  listBib(request: SessionsRequest): AsyncIterable<BibPage>;
  getStats(request: StatsRequest): Promise<StatsReply>;
  getPool(request: PoolRequest): Promise<PoolReply>;
  explain(request: ExplainRequest): Promise<ExplainReply>;
  drain(request: DrainRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  undrain(request: EmptyRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  release(request: EmptyRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  pause(request: PauseRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  resume(request: EmptyRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  testWithdrawal(request: TestWithdrawalRequest, stopped: AbortSignal, caller: Caller): Promise<TestWithdrawalReply>;
  takeSlice(request: TakeSliceRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  reload(request: ReloadRequest, stopped: AbortSignal, caller: Caller): Promise<ReloadReply>;
  loadForeign(request: LoadForeignRequest, stopped: AbortSignal, caller: Caller): Promise<LoadForeignReply>;
  changeAdoption(request: ChangeAdoptionRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  listEvents(request: EventsRequest, stopped: AbortSignal): AsyncIterable<Event>;
  holdDrill(request: DrillHoldRequest, stopped: AbortSignal, caller: Caller): AsyncIterable<DrillBeat>;
  drillStep(request: DrillStepRequest, stopped: AbortSignal, caller: Caller): Promise<Outcome>;
  getConfiguration(): Promise<ConfigurationReply>;
  searchLog(request: LogQuestion, stopped: AbortSignal): AsyncIterable<LogFindings>;
  callPeer(request: PeerCallRequest, stopped: AbortSignal, caller: Caller): AsyncIterable<PeerCallReply>;
}

/** Handlers executed on this node. */
export type OwnHandlers = Omit<ControlHandlers, 'callPeer'>;

/** Limit of a request, bytes. */
const MAX_REQUEST_BYTES = 64 * 1024;
/** Maximum number of concurrent calls per connection. */
const MAX_CALLS = 32;
/** Memory limit of one connection, megabytes: buffers unread answers. */
const MAX_SESSION_MEMORY = 16;
/** A stream ends when its client has read nothing for this long. Milliseconds. */
const STALL_MS = 30_000;

/**
 * Serves the control API on two UNIX sockets. The caller holds the node's lock, so existing sockets are those of a dead
 * agent. Until they are assigned to their groups only the owner has access, because of the process's umask.
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
    const reading = await serve(sockets.readSocket, readOnly(handlers));
    restrictTo(sockets.readSocket, READ_GROUP);
    return new ControlServer([all, reading], sockets);
  }

  stop(): void {
    for (const server of this.#servers) server.forceShutdown();
    rmSync(this.#sockets.socket, { force: true });
    rmSync(this.#sockets.readSocket, { force: true });
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
  throw new NotAllowedError(`you may read but not change anything; that needs root or the group ${CHANGE_GROUP}`);
}

// oxlint-disable-next-line require-yield -- a refusal is all that there is
async function* refused(): AsyncGenerator<never> {
  await notAllowed();
}

/** The handlers without calls that change something, here or on another node. */
function readOnly(handlers: ControlHandlers): ControlHandlers {
  const refusals = Object.fromEntries(CHANGES.map((name) => [name, notAllowed]));
  return {
    ...handlers,
    ...refusals,
    holdDrill: refused,
    tracePackets: refused,
    callPeer: async function* (request, stopped, caller) {
      if (isChanging(methodNamed(request.method))) await notAllowed();
      yield* handlers.callPeer(request, stopped, caller);
    },
  };
}

function addService(server: Server, handlers: ControlHandlers): void {
  server.addService(CONTROL, {
    getStatus: unary(() => handlers.getStatus()),
    listSessions: stream((request: SessionsRequest) => handlers.listSessions(request)),
    endSessions: unary((request: SessionsRequest, stopped, caller) => handlers.endSessions(request, stopped, caller)),
    followSessions: stream((request: SessionsRequest, stopped) => handlers.followSessions(request, stopped)),
    tracePackets: stream((request: TraceRequest, stopped, caller) => handlers.tracePackets(request, stopped, caller)),
    topSessions: unary((request: TopRequest) => handlers.topSessions(request)),
    getDrops: unary((request: DropsRequest) => handlers.getDrops(request)),
    listBib: stream((request: SessionsRequest) => handlers.listBib(request)),
    getStats: unary((request: StatsRequest) => handlers.getStats(request)),
    getPool: unary((request: PoolRequest) => handlers.getPool(request)),
    explain: unary((request: ExplainRequest) => handlers.explain(request)),
    drain: unary((request: DrainRequest, stopped, caller) => handlers.drain(request, stopped, caller)),
    undrain: unary((request: EmptyRequest, stopped, caller) => handlers.undrain(request, stopped, caller)),
    release: unary((request: EmptyRequest, stopped, caller) => handlers.release(request, stopped, caller)),
    pause: unary((request: PauseRequest, stopped, caller) => handlers.pause(request, stopped, caller)),
    resume: unary((request: EmptyRequest, stopped, caller) => handlers.resume(request, stopped, caller)),
    testWithdrawal: unary((request: TestWithdrawalRequest, stopped, caller) =>
      handlers.testWithdrawal(request, stopped, caller),
    ),
    takeSlice: unary((request: TakeSliceRequest, stopped, caller) => handlers.takeSlice(request, stopped, caller)),
    reload: unary((request: ReloadRequest, stopped, caller) => handlers.reload(request, stopped, caller)),
    loadForeign: unary((request: LoadForeignRequest, stopped, caller) =>
      handlers.loadForeign(request, stopped, caller),
    ),
    changeAdoption: unary((request: ChangeAdoptionRequest, stopped, caller) =>
      handlers.changeAdoption(request, stopped, caller),
    ),
    listEvents: stream((request: EventsRequest, stopped) => handlers.listEvents(request, stopped)),
    holdDrill: stream((request: DrillHoldRequest, stopped, caller) => handlers.holdDrill(request, stopped, caller)),
    drillStep: unary((request: DrillStepRequest, stopped, caller) => handlers.drillStep(request, stopped, caller)),
    getConfiguration: unary(() => handlers.getConfiguration()),
    searchLog: stream((request: LogQuestion, stopped) => handlers.searchLog(request, stopped)),
    callPeer: stream((request: PeerCallRequest, stopped, caller) => handlers.callPeer(request, stopped, caller)),
  });
}

function unary<Request extends object, Reply>(
  handle: (request: Complete<Request>, stopped: AbortSignal, caller: Caller) => Promise<Reply>,
) {
  return (call: ServerUnaryCall<Request, Reply>, answer: sendUnaryData<Reply>): void => {
    const stopper = new AbortController();
    call.on('cancelled', () => stopper.abort());
    handle(complete(call.request), stopper.signal, callerOf(call.metadata)).then(
      (reply) => answer(null, reply),
      (error: unknown) => answer(asStatus(error)),
    );
  };
}

function stream<Request extends object, Reply>(
  handle: (request: Complete<Request>, stopped: AbortSignal, caller: Caller) => AsyncIterable<Reply>,
) {
  return (call: ServerWritableStream<Request, Reply>): void => {
    const stopper = new AbortController();
    call.on('cancelled', () => stopper.abort());
    const caller = callerOf(call.metadata);
    writeAll(call, handle(complete(call.request), stopper.signal, caller), stopper.signal).then(
      () => call.end(),
      (error: unknown) => {
        if (!stopper.signal.aborted) call.emit('error', asStatus(error));
      },
    );
  };
}

function callerOf(metadata: Metadata): Caller {
  return { user: userName(metadata.get(USER_KEY)[0]?.toString() ?? '') };
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
