import type { LabProcess } from '../world/lab-process.ts';

/** Sends a command and waits for the line of JSON that answers it. */
export async function ask(end: LabProcess, command: object, timeoutMs = 10_000): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      forget();
    };
    const timer = setTimeout(() => {
      settle();
      reject(new Error(`${end.name} did not answer:\n${end.tail()}`));
    }, timeoutMs);
    const forget = end.onLine((line) => {
      if (!line.startsWith('{')) return;
      settle();
      resolve(JSON.parse(line));
    });
    end.writeLine(JSON.stringify(command));
  });
}
