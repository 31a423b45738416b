import { isIP } from 'node:net';
import { z } from 'zod';
import { AnnouncerOptionsError } from './announcer.ts';
import { canonicalAddress, FrrOutputError, parseJson } from './frr-output.ts';

/** A configured BFD peer. Times in milliseconds. */
export interface BfdPeerOptions {
  readonly peer: string;
  readonly local?: string;
  readonly interface?: string;
  readonly vrf?: string;
  readonly multihop?: boolean;
  readonly detectMultiplier?: number;
  readonly receiveIntervalMs?: number;
  readonly transmitIntervalMs?: number;
}

/**
 * A BFD peer as shown by FRR. Fields vary with the version: only those that identify a peer, and its status, are
 * required.
 */
export interface BfdPeer {
  readonly peer: string;
  readonly local?: string | undefined;
  readonly interface?: string | undefined;
  readonly vrf?: string | undefined;
  readonly multihop: boolean;
  /** `up`, `down`, `init`, `shutdown`. */
  readonly status: string;
  /** Why this node left the state up last, as FRR names it. */
  readonly diagnostic?: string | undefined;
  /** The same of the router, as of the last packet that has arrived from it. */
  readonly remoteDiagnostic?: string | undefined;
  readonly detectMultiplier?: number | undefined;
  readonly receiveIntervalMs?: number | undefined;
  readonly transmitIntervalMs?: number | undefined;
}

const text = z.string().max(256).optional().catch(undefined);
const whole = z.number().int().nonnegative().optional().catch(undefined);

const bfdPeer = z.object({
  peer: z.string().max(64),
  status: z.string().max(32),
  multihop: z.boolean().optional().catch(false),
  local: text,
  interface: text,
  vrf: text,
  diagnostic: text,
  'remote-diagnostic': text,
  'detect-multiplier': whole,
  'receive-interval': whole,
  'transmit-interval': whole,
});

/** Maximum number of peers examined. */
const MAX_PEERS = 4096;
const bfdPeers = z.array(z.unknown());

/** Parses `show bfd peers json`. Items that are not peers are skipped. @throws FrrOutputError when it is not a list */
export function parseBfdPeers(output: string): BfdPeer[] {
  const list = bfdPeers.safeParse(parseJson(output, 'show bfd peers json') ?? []);
  if (!list.success) throw new FrrOutputError('"show bfd peers json" has not printed a list');
  return list.data.slice(0, MAX_PEERS).flatMap((item) => {
    const { data } = bfdPeer.safeParse(item);
    if (data === undefined) return [];
    const { peer, status, local, interface: name, vrf, diagnostic } = data;
    return [
      {
        peer,
        status: status.toLowerCase(),
        multihop: data.multihop ?? false,
        local,
        interface: name,
        vrf,
        diagnostic,
        remoteDiagnostic: data['remote-diagnostic'],
        detectMultiplier: data['detect-multiplier'],
        receiveIntervalMs: data['receive-interval'],
        transmitIntervalMs: data['transmit-interval'],
      },
    ];
  });
}

/** Whether a peer shown by FRR is the configured one. Absent configuration fields match anything. */
export function isPeer(options: BfdPeerOptions, seen: BfdPeer): boolean {
  if (canonicalAddress(options.peer) !== canonicalAddress(seen.peer)) return false;
  if ((options.multihop ?? false) !== seen.multihop) return false;
  if (options.interface !== undefined && seen.interface !== undefined && seen.interface !== options.interface) {
    return false;
  }
  if ((options.vrf ?? 'default') !== (seen.vrf ?? 'default')) return false;
  return (
    options.local === undefined ||
    seen.local === undefined ||
    canonicalAddress(options.local) === canonicalAddress(seen.local)
  );
}

/** FRR's defaults. */
const DEFAULTS = { detectMultiplier: 3, intervalMs: 300 } as const;

/** The longest detection time of the routers, ms, as far as known here: a router may require slower reception. */
export function longestDetectionMs(peers: readonly BfdPeerOptions[]): number {
  const times = peers.map(({ detectMultiplier = DEFAULTS.detectMultiplier, transmitIntervalMs = 0 }) => {
    return detectMultiplier * Math.max(transmitIntervalMs, DEFAULTS.intervalMs);
  });
  return Math.max(...times);
}

/** The command that names a peer in FRR's configuration; these fields together identify a peer. */
export function peerLine(peer: BfdPeerOptions | BfdPeer): string {
  const parts = [`peer ${peer.peer}`];
  if (peer.multihop === true) parts.push('multihop');
  if (peer.local !== undefined) parts.push(`local-address ${peer.local}`);
  if (peer.interface !== undefined) parts.push(`interface ${peer.interface}`);
  if (peer.vrf !== undefined && peer.vrf !== 'default') parts.push(`vrf ${peer.vrf}`);
  return parts.join(' ');
}

/** Commands in a peer's block for configured values that differ from FRR's. */
export function timerCommands(options: BfdPeerOptions, seen?: BfdPeer): string[] {
  const { detectMultiplier, receiveIntervalMs, transmitIntervalMs } = options;
  const pairs = [
    ['detect-multiplier', detectMultiplier, seen?.detectMultiplier],
    ['receive-interval', receiveIntervalMs, seen?.receiveIntervalMs],
    ['transmit-interval', transmitIntervalMs, seen?.transmitIntervalMs],
  ] as const;
  return pairs.flatMap(([word, wanted, is]) => (wanted === undefined || wanted === is ? [] : [`${word} ${wanted}`]));
}

/** Interface and VRF names of Linux: at most 15 bytes, no white space, no slash. */
const DEVICE = /^[^\s/?]{1,15}$/;

/** @throws AnnouncerOptionsError when a peer cannot be expressed as an FRR command */
export function checkPeer({ peer, local, interface: name, vrf, multihop }: BfdPeerOptions): void {
  if (isIP(peer) === 0) throw new AnnouncerOptionsError(`BFD peer "${peer}" is not an IP address`);
  if (local !== undefined && isIP(local) !== isIP(peer)) {
    throw new AnnouncerOptionsError(`BFD peer ${peer}: local "${local}" is not an address of the same family`);
  }
  for (const device of [name, vrf]) {
    if (device !== undefined && !DEVICE.test(device)) {
      throw new AnnouncerOptionsError(`BFD peer ${peer}: "${device}" cannot be the name of an interface`);
    }
  }
  if (multihop === true && (local === undefined || name !== undefined)) {
    throw new AnnouncerOptionsError(`BFD peer ${peer}: multihop needs a local address, and has no interface`);
  }
}
