import type { DropSources } from '../translator/drop-sources.ts';
import type { PacketTrace } from './packet-trace.ts';
import { interfaceFor } from './packet-route.ts';
import type { Translator } from '../translator/translator.ts';
import { isReconfigurable, storesSessions } from './session-translator.ts';
import type { WorkerAnswer, WorkerReport, WorkerRequest } from './worker-messages.ts';

/** Requests that are answered immediately. */
export type ImmediateRequest = Exclude<WorkerRequest, { readonly method: 'query' | 'top' }>;

/** Who sees what becomes of packets. */
export interface Observers {
  readonly trace: PacketTrace;
  readonly drops: DropSources;
}

/**
 * Executes a request of the agent, at a time on the translator's clock. Never throws: errors are part of the answer.
 */
export function answerRequest(
  id: number,
  request: ImmediateRequest,
  translator: Translator,
  { trace, drops }: Observers,
  nowMs: number,
): WorkerReport {
  try {
    const value = request.method === 'drops' ? drops.report() : carryOut(request, translator, trace, nowMs);
    return { kind: 'answer', id, value };
  } catch (error) {
    return { kind: 'refusal', id, reason: error instanceof Error ? error.message : String(error) };
  }
}

function carryOut(
  request: Exclude<ImmediateRequest, { readonly method: 'drops' }>,
  translator: Translator,
  trace: PacketTrace,
  nowMs: number,
): WorkerAnswer {
  if (request.method === 'stop') return undefined;
  if (request.method === 'reconfigure') {
    if (!isReconfigurable(translator)) throw new Error('this translator cannot change while it works');
    return translator.reconfigure(request.options);
  }
  if (request.method === 'trace') return trace.take(request.question, nowMs);
  if (request.method === 'endTrace') {
    trace.end(request.trace);
    return undefined;
  }
  if (request.method === 'interfaceFor') return interfaceFor(request.packet, request.tun);
  if (!storesSessions(translator)) throw new Error('this instance has no session table');
  switch (request.method) {
    case 'requestSnapshot':
      translator.requestSnapshot();
      return undefined;
    case 'requestMark':
      translator.requestMark();
      return undefined;
    case 'takeOver':
      translator.takeOver(request.slot);
      return undefined;
    case 'setPeerAlive':
      translator.setPeerAlive(request.slot, request.alive);
      return undefined;
    case 'follow':
      return translator.follow(request.reader, request.filter, nowMs);
    case 'unfollow':
      translator.unfollow(request.reader);
      return undefined;
    case 'preview':
      return translator.preview(request.packet, nowMs);
    case 'retainedPage':
      return translator.retainedPage(request.from, nowMs);
    case 'restore':
      return translator.restore(request.records, request.agedMs, nowMs);
    default:
      return request satisfies never;
  }
}
