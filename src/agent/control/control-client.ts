import { type Code, isCode } from '../../codes.ts';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { userName } from './caller.ts';
import { CODE_KEY, CONTROL, type Method, USER_KEY } from './control-service.ts';
import { type Complete, complete } from './messages.ts';

/** No agent answers at the socket. */
export class AgentNotRunningError extends Error {
  override readonly name = 'AgentNotRunningError';
  readonly code: Code = 'agent-not-running';
}

/** The agent rejected the request, or failed to execute it. */
export class AgentRefusedError extends Error {
  override readonly name = 'AgentRefusedError';
  readonly code: Code;

  constructor(message: string, code: Code = 'request-failed') {
    super(message);
    this.code = code;
  }
}

const DEADLINE_MS = 10_000;
/** Time limit of a stream through another agent. */
const MAX_LIMIT_MS = 24 * 60 * 60_000;
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** A connection to the agent of this machine, or through it to that of another node. */
export class ControlClient {
  readonly #client: Client;
  readonly #path: string;
  readonly #metadata = new Metadata();
  readonly #through: string | undefined;
  /** The requested node, by name. */
  readonly node: string | undefined;

  /**
   * @param through the node to which the agent at the socket forwards; absent: that agent itself
   * @throws AgentNotRunningError when there is no socket at `path`
   */
  constructor(path: string, { node, through }: { readonly node?: string; readonly through?: string } = {}) {
    if (!existsSync(path)) throw new AgentNotRunningError(`no agent is running: there is no control socket ${path}`);
    this.#path = path;
    this.node = node;
    this.#through = through;
    // Metadata is ASCII, which names of users need not be.
    this.#metadata.set(USER_KEY, userName(operator()));
    this.#client = new Client(`unix:${path}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': MAX_REPLY_BYTES,
      'grpc.enable_http_proxy': 0,
    });
  }

  /**
   * Calls once.
   * @throws AgentNotRunningError, AgentRefusedError
   */
  call<Request, Reply extends object>(
    method: Method<Request, Reply>,
    request: Request,
    deadlineMs = DEADLINE_MS,
  ): Promise<Complete<Reply>> {
    if (this.#through !== undefined) return this.#callThrough(method, request, deadlineMs);
    const { path, requestSerialize, responseDeserialize } = method;
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        this.#metadata,
        { deadline: Date.now() + deadlineMs },
        (error, reply) => {
          if (error) reject(this.#asError(error));
          else if (reply) resolve(complete(reply));
          else reject(new AgentRefusedError('the agent sent no reply'));
        },
      );
    });
  }

  /** Calls, and yields the agent's messages until it ends; leaving the loop cancels the call. */
  stream<Request, Reply extends object>(
    method: Method<Request, Reply>,
    request: Request,
  ): AsyncGenerator<Complete<Reply>> {
    return this.#through === undefined
      ? this.#stream(method, request)
      : this.#streamThrough(method, request, MAX_LIMIT_MS);
  }

  async *#stream<Request, Reply extends object>(
    { path, requestSerialize, responseDeserialize }: Method<Request, Reply>,
    request: Request,
  ): AsyncGenerator<Complete<Reply>> {
    const client = this.#client;
    const metadata = this.#metadata;
    const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadata);
    try {
      for await (const reply of call as AsyncIterable<Reply>) yield complete(reply);
    } catch (error) {
      throw this.#asError(error);
    } finally {
      call.cancel();
    }
  }

  async *#streamThrough<Request, Reply extends object>(
    method: Method<Request, Reply>,
    request: Request,
    limitMs: number,
  ): AsyncGenerator<Complete<Reply>> {
    const message = method.requestSerialize(request);
    const call = { node: this.#through ?? '', method: method.originalName ?? '', message, limitMs };
    for await (const reply of this.#stream(CONTROL.callPeer, call)) {
      yield complete(method.responseDeserialize(Buffer.from(reply.message)));
    }
  }

  async #callThrough<Request, Reply extends object>(
    method: Method<Request, Reply>,
    request: Request,
    limitMs: number,
  ): Promise<Complete<Reply>> {
    for await (const reply of this.#streamThrough(method, request, limitMs)) return reply;
    throw new AgentRefusedError(`node ${this.#through} sent no reply`);
  }

  close(): void {
    this.#client.close();
  }

  #asError(error: unknown): unknown {
    if (!isServiceError(error)) return error;
    if (error.code === status.UNAVAILABLE) {
      return new AgentNotRunningError(`no agent is running: nothing answers at ${this.#path}`);
    }
    if (error.code === status.DEADLINE_EXCEEDED) {
      return new AgentNotRunningError(`the agent at ${this.#path} does not answer in time`);
    }
    const code = error.metadata.get(CODE_KEY)[0]?.toString();
    return new AgentRefusedError(error.details, isCode(code) ? code : undefined);
  }
}

/** The calling user; with sudo(8), the user who called it. */
function operator(): string {
  const { SUDO_USER } = process.env;
  if (SUDO_USER !== undefined && SUDO_USER !== '') return SUDO_USER;
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in passwd(5).
    return `uid${process.getuid?.() ?? 0}`;
  }
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error;
}
