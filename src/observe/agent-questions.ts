import type { StatusReply } from '../agent/control/messages.ts';
import type { HttpReport } from './http-messages.ts';
import type { Snapshot } from './http-service.ts';

interface Question<Answer> {
  readonly answer: Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests of the HTTP thread to the agent. A request while one of the same kind is pending gets the same answer, so at
 * most two are pending.
 */
export class AgentQuestions {
  readonly #send: (question: HttpReport) => void;
  #status: Question<StatusReply> | undefined;
  #snapshot: Question<Snapshot> | undefined;

  constructor(send: (question: HttpReport) => void) {
    this.#send = send;
  }

  status(): Promise<StatusReply> {
    if (this.#status === undefined) this.#send({ kind: 'question', metrics: false });
    this.#status ??= question();
    return this.#status.answer;
  }

  /** Including process metrics. */
  snapshot(): Promise<Snapshot> {
    if (this.#snapshot === undefined) this.#send({ kind: 'question', metrics: true });
    this.#snapshot ??= question();
    return this.#snapshot.answer;
  }

  /** @param process as requested */
  answered(status: StatusReply, process: string | undefined): void {
    if (process === undefined) {
      this.#status?.resolve(status);
      this.#status = undefined;
    } else {
      this.#snapshot?.resolve({ status, process });
      this.#snapshot = undefined;
    }
  }

  /** The agent could not answer; the next request is a new one. */
  failed(metrics: boolean, reason: string): void {
    const asked = metrics ? this.#snapshot : this.#status;
    if (metrics) this.#snapshot = undefined;
    else this.#status = undefined;
    asked?.reject(new Error(reason));
  }
}

function question<Answer>(): Question<Answer> {
  let resolve: (answer: Answer) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const answer = new Promise<Answer>((settle, fail) => {
    [resolve, reject] = [settle, fail];
  });
  return { answer, resolve, reject };
}
