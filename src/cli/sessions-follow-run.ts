import { CONTROL } from '../agent/control/control-service.ts';
import type { FollowedSession } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { carried, type EndOptions, endpoint, requestOf } from './sessions-run.ts';
import { formatCount, formatDuration, formatTime, type Paint, paintFor } from './table.ts';
import { toJson } from './json.ts';

export type FollowOptions = EndOptions;

export async function runFollow(options: FollowOptions): Promise<void> {
  const paint = paintFor(process.stdout);
  const json = options.json === true;
  await withAgent(options, async (client) => {
    const request = requestOf({ ...options, limit: 0 });
    for await (const { changes, skipped } of client.stream(CONTROL.followSessions, request)) {
      for (const change of changes) console.log(json ? toJson(change) : changeLine(change, paint));
      if (skipped === 0) continue;
      if (json) console.log(toJson({ skipped }));
      else console.log(paint('warning', `… ${formatCount(skipped)} more are not shown: too many came at once`));
    }
  });
}

export function changeLine({ time, change, session }: FollowedSession, paint: Paint): string {
  const when = paint('faint', formatTime(time));
  if (session === undefined) return `${when}  ${change}`;
  const { instance, protocol, client, clientPort, pool4, pool4Port, remote, remotePort } = session;
  const peer = protocol === 'icmp' ? remote : endpoint(remote, remotePort);
  const ends = `${endpoint(client, clientPort)} as ${endpoint(pool4, pool4Port)} to ${peer}`;
  const line = `${when}  ${change.padEnd(7)}  ${instance}  ${protocol}  ${ends}`;
  if (change !== 'ended') return line;
  const { ageMs, packetsOut, bytesOut, packetsIn, bytesIn } = session;
  return `${line}  (${formatDuration(ageMs)}, out ${carried(packetsOut, bytesOut)}, in ${carried(packetsIn, bytesIn)})`;
}
