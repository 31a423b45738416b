import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../agent/control/messages.ts';
import { READ_GROUP } from '../agent/control/socket-access.ts';
import { readStoredEvents } from '../agent/events/event-file.ts';
import { isStateCode } from '../agent/status/state-codes.ts';
import type { AllNodesOptions } from './connection-options.ts';

/** Records left on disk by an agent that does not run. */
export interface StoredRecords {
  readonly node: string;
  /** Oldest first. */
  readonly events: readonly Event[];
  readonly drained: boolean;
}

export interface StoredOptions extends AllNodesOptions {
  readonly stateDir: string;
}

const EVENTS = '.events';

/** Records on disk of each node, or of the requested one. Unreadable folders are reported. */
export function storedRecords({ node, stateDir, runDir }: StoredOptions): StoredRecords[] {
  return [...new Set([stateDir, runDir])].flatMap((folder) =>
    nodesIn(folder)
      .filter((name) => node === undefined || name === node)
      .map((name) => ({
        node: name,
        events: readStoredEvents(join(folder, `${name}${EVENTS}`)),
        drained: existsSync(join(folder, `${name}.drain`)),
      })),
  );
}

function nodesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(EVENTS));
    return names.map((name) => name.slice(0, -EVENTS.length)).sort();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return [];
    if (error.code !== 'EACCES') throw error;
    console.error(`isthmus: you may not read ${folder}: join the group ${READ_GROUP}, or be root`);
    return [];
  }
}

/** The last state of the node according to its events, with the reason. */
export function lastState({ node, events }: StoredRecords): Event | undefined {
  return events.findLast(({ subject, name, code }) => subject === 'node' && name === node && isStateCode(code));
}
