import { type Code, isCode } from '../../codes.ts';
import { existsSync } from 'node:fs';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { CODE_KEY, type Method } from './control-service.ts';
import { type Complete, complete } from './messages.ts';

/** No agent answers at the socket. */
export class AgentNotRunningError extends Error {
  override readonly name = 'AgentNotRunningError';
  readonly code: Code = 'agent-not-running';
}

/** The agent refused the request, or failed to carry it out. */
export class AgentRefusedError extends Error {
  override readonly name = 'AgentRefusedError';
  readonly code: Code;

  constructor(message: string, code: Code = 'request-failed') {
    super(message);
    this.code = code;
  }
}

const DEADLINE_MS = 10_000;
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** A connection to the agent of this machine. */
export class ControlClient {
  readonly #client: Client;
  readonly #path: string;

  /** @throws AgentNotRunningError when there is no socket at `path` */
  constructor(path: string) {
    if (!existsSync(path)) throw new AgentNotRunningError(`no agent is running: there is no control socket ${path}`);
    this.#path = path;
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
    { path, requestSerialize, responseDeserialize }: Method<Request, Reply>,
    request: Request,
    deadlineMs = DEADLINE_MS,
  ): Promise<Complete<Reply>> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        { deadline: Date.now() + deadlineMs },
        (error, reply) => {
          if (error) reject(this.#asError(error));
          else if (reply) resolve(complete(reply));
          else reject(new AgentRefusedError('the agent sent no reply'));
        },
      );
    });
  }

  /** Calls, and yields what the agent sends until it ends; leaving the loop cancels the call. */
  async *stream<Request, Reply extends object>(
    { path, requestSerialize, responseDeserialize }: Method<Request, Reply>,
    request: Request,
  ): AsyncGenerator<Complete<Reply>> {
    const call = this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request);
    try {
      for await (const reply of call as AsyncIterable<Reply>) yield complete(reply);
    } catch (error) {
      throw this.#asError(error);
    } finally {
      call.cancel();
    }
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

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error;
}
