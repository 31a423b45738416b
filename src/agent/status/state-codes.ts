import type { Code } from '../../codes.ts';

const CODES_OF_STATES: ReadonlyMap<string, Code> = new Map<string, Code>([
  ['starting', 'node-starting'],
  ['syncing', 'node-syncing'],
  ['active', 'node-active'],
  ['draining', 'node-draining'],
  ['failed', 'node-failed'],
  ['withdrawn', 'node-withdrawn'],
]);

const STATE_CODES: ReadonlySet<string> = new Set(CODES_OF_STATES.values());

/** Whether an event with this code is a node's new state, and nothing else that happened to the node. */
export function isStateCode(code: string): boolean {
  return STATE_CODES.has(code);
}

/** The code of a node's reported state; unknown releases may report others. */
export function codeOfState(state: string): Code {
  return CODES_OF_STATES.get(state) ?? 'node-state-unknown';
}
