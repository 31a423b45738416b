import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface ResultOptions {
  readonly stateDir: string;
  readonly report?: string;
}

export function historyFile(stateDir: string): string {
  return join(stateDir, 'drills.jsonl');
}

/** Nothing is broken whose result could not be stored. @returns a sentence; undefined: it can */
export function whyNotWritable({ report, stateDir }: ResultOptions): string | undefined {
  const results = [
    { what: 'the history', option: '--state-dir', file: historyFile(stateDir) },
    ...(report === undefined ? [] : [{ what: 'the report', option: '--report', file: join(report, 'report.html') }]),
  ];
  for (const { what, option, file } of results) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return `${what} of drills could not be stored (${reason}); nothing was begun: name another folder by ${option}`;
    }
  }
  return undefined;
}
