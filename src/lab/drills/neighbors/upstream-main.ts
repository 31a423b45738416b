/*
 * The part of an agent that announces and withdraws one upstream. Usage: upstream-main.js KIND [METHOD]; default: the
 * kind's default method Standard input: `announce` or `withdraw`; each is answered by `done` or `failed …`. SIGTERM
 * ends it as an agent ends.
 */
import { createInterface } from 'node:readline';
import { WITHDRAWAL_METHODS, type WithdrawalMethod } from '../../../frr/withdrawal-methods.ts';
import { startGuard } from '../../../frr/guard/keeper.ts';
import { type UpstreamOptions, Upstreams } from '../../../frr/upstreams.ts';
import { type Kind, KINDS, TIMERS } from './cases.ts';
import { GATEWAY, PREFIX4, PREFIX6, ROUTER, SPACE } from './daemon-configs.ts';

function optionsOf(kind: Kind, method: WithdrawalMethod | undefined): UpstreamOptions {
  const peers = [ROUTER.v4, ROUTER.v6];
  const own = { name: 'router', frr: { pathspace: SPACE }, endDaemon: false, gate: true };
  if (kind === 'static-bfd') {
    const { bfdIntervalMs: interval, bfdMultiplier: detectMultiplier } = TIMERS;
    // Used to recreate a removed peer.
    const timers = { detectMultiplier, receiveIntervalMs: interval, transmitIntervalMs: interval };
    const bfd = peers.map((peer) => ({ peer, interface: GATEWAY.interface, ...timers }));
    return { ...own, bfd, withdraw: [method ?? 'bfd-remove'] };
  }
  const prefixes = [PREFIX4, PREFIX6].map((prefix) => ({ prefix, rank: 0 }));
  const bgp = { asn: GATEWAY.asn, neighbors: peers.map((peer) => ({ peer })), prefixes };
  return { ...own, bfd: [], bgp, withdraw: [method ?? 'bgp-prefix'] };
}

const kind = KINDS.find((name) => name === process.argv[2]);
if (kind === undefined) throw new Error(`usage: upstream-main.js ${KINDS.join('|')} [METHOD]`);
const options = optionsOf(
  kind,
  WITHDRAWAL_METHODS.find((name) => name === process.argv[3]),
);
const onFinding = (text: string): void => void process.stdout.write(`finding ${text}\n`);
const { announcements } = new Upstreams([options], onFinding, { startGuard: () => startGuard() });
process.once('SIGTERM', () => {
  void announcements
    .withdraw()
    .catch((error: unknown) => onFinding(String(error)))
    .then(() => announcements.stop())
    .then(() => process.exit(0));
});
await announcements.start();
process.stdout.write('ready\n');

for await (const line of createInterface({ input: process.stdin })) {
  try {
    await (line === 'announce' ? announcements.announce() : announcements.withdraw());
    process.stdout.write('done\n');
  } catch (error) {
    process.stdout.write(`failed ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
