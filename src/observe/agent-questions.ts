import type { DropsReply, StatusReply, TopReply } from '../agent/control/messages.ts';
import type { Snapshot } from './http-service.ts';
import type { PeerEvents } from './page-events.ts';

/** What the thread may ask, and what it is answered. */
export interface Answers {
  readonly status: StatusReply;
  /** With the metrics of the process, which cost more than the status. */
  readonly snapshot: Snapshot;
  readonly peerEvents: PeerEvents;
  /** Clients by their ports of pool4. */
  readonly topClients: TopReply;
  /** Where packets of each reason come from. */
  readonly drops: DropsReply;
}

export type QuestionName = keyof Answers;

/** An answer with the question that it is to. */
export type AnswerTo<Name extends QuestionName = QuestionName> = {
  readonly [One in Name]: { readonly about: One; readonly value: Answers[One] };
}[Name];

/** A question of one kind: requests that come while it is being answered share the answer. */
class Question<Answer> {
  #asked: { readonly answer: Promise<Answer>; resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  ask(send: () => void): Promise<Answer> {
    if (this.#asked !== undefined) return this.#asked.answer;
    let resolve: (answer: Answer) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const answer = new Promise<Answer>((settle, fail) => {
      [resolve, reject] = [settle, fail];
    });
    this.#asked = { answer, resolve, reject };
    send();
    return answer;
  }

  answered(answer: Answer): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.resolve(answer);
  }

  /** The next question is a new one. */
  failed(error: Error): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.reject(error);
  }
}

type Questions = { readonly [Name in QuestionName]: Question<Answers[Name]> };

/** What the thread asks the agent: at most one question of each kind is under way, however many ask. */
export class AgentQuestions {
  readonly #send: (about: QuestionName) => void;
  readonly #questions: Questions = {
    status: new Question(),
    snapshot: new Question(),
    peerEvents: new Question(),
    topClients: new Question(),
    drops: new Question(),
  };

  constructor(send: (about: QuestionName) => void) {
    this.#send = send;
  }

  ask<Name extends QuestionName>(about: Name): Promise<Answers[Name]> {
    return this.#questions[about].ask(() => this.#send(about));
  }

  answered<Name extends QuestionName>({ about, value }: AnswerTo<Name>): void {
    this.#questions[about].answered(value);
  }

  /** The agent could not answer. */
  failed(about: QuestionName, reason: string): void {
    this.#questions[about].failed(new Error(reason));
  }
}
