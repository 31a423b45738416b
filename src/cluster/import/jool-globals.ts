import { ImportError, type InstanceDraft, quoted } from './draft.ts';
import { formatDuration } from '../values.ts';
import { type JoolSetting, prefix4Of, prefix6Of } from './jool-parts.ts';

/**
 * Conversion of each of Jool's global options, complete for Jool 4.0 to 4.1; defaults common to both programs are not
 * written.
 */

type Kind = 'nat64' | 'siit';
/** Writes the converted setting into the draft. `place` is for messages. */
type Import = (draft: InstanceDraft, value: JoolSetting, place: string) => void;

interface Option {
  /** Set for an option of one program only; absent: of both. */
  readonly of?: Kind;
  readonly apply: Import;
}

const REPLICATION =
  'sessions are replicated by Isthmus itself, encrypted, in both directions and with deletions; see replication and links';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The default of both programs (RFC 1191 section 7). */
const PLATEAUS = '65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68';

/** Options of Jool's session synchronisation, which are reported together. */
const SYNCHRONISATION = /^ss-(?:enabled|flush-asap|flush-deadline|capacity|max-payload|max-sessions-per-packet)$/;

export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  'manually-enabled': {
    apply: (draft, value) => {
      if (!truth(value)) draft.find('manually-enabled false', 'a paused instance; here it translates once it runs');
    },
  },
  pool6: {
    apply: (draft, value, place) => {
      if (value !== null) draft.set('pool6', quoted(prefix6Of(value, place)), 'pool6');
    },
  },
  'lowest-ipv6-mtu': {
    apply: (draft, value, place) => {
      if (value !== 1280) draft.set('lowestIpv6Mtu', String(numberOf(value, place)), 'lowest-ipv6-mtu');
    },
  },
  'logging-debug': {
    apply: (draft, value) => {
      if (truth(value)) draft.find('logging-debug true', 'no trace of every packet; "isthmus explain" answers for one');
    },
  },
  'zeroize-traffic-class': {
    apply: (draft, value) => {
      if (truth(value)) draft.set('trafficClass', 'zero', 'zeroize-traffic-class');
    },
  },
  // Written together with `tos`, which has no effect alone.
  'override-tos': { apply: () => undefined },
  tos: { apply: () => undefined },
  'mtu-plateaus': { apply: importPlateaus },
  'amend-udp-checksum-zero': {
    of: 'siit',
    apply: (draft, value) => {
      if (truth(value)) draft.set('zeroChecksumUdp', 'compute', 'amend-udp-checksum-zero');
    },
  },
  'eam-hairpin-mode': {
    of: 'siit',
    apply: (draft, value, place) => {
      const modes: readonly JoolSetting[] = ['off', 'simple', 'intrinsic'];
      const mode = typeof value === 'number' ? modes[value] : value;
      if (mode === 'off') draft.set('eamHairpin', 'none', 'eam-hairpin-mode off');
      else if (mode === 'simple') draft.set('eamHairpin', 'simple', 'eam-hairpin-mode');
      else if (mode !== 'intrinsic') throw unfit(value, place, 'off, simple or intrinsic');
    },
  },
  'randomize-rfc6791-addresses': {
    of: 'siit',
    apply: (draft, value) => {
      if (!truth(value)) draft.set('rfc6791Choice', 'hop', 'randomize-rfc6791-addresses false');
    },
  },
  'rfc6791v6-prefix': {
    of: 'siit',
    apply: (draft, value, place) => {
      if (value !== null) draft.setIn('rfc6791', 'v6', `[${quoted(prefix6Of(value, place))}]`, 'rfc6791v6-prefix');
    },
  },
  'rfc6791v4-prefix': {
    of: 'siit',
    apply: (draft, value, place) => {
      if (value !== null) draft.setIn('rfc6791', 'v4', `[${prefix4Of(value, place)}]`, 'rfc6791v4-prefix');
    },
  },
  'address-dependent-filtering': flag('addressDependentFiltering', 'address-dependent-filtering'),
  'drop-externally-initiated-tcp': flag('dropExternallyInitiatedTcp', 'drop-externally-initiated-tcp'),
  'drop-icmpv6-info': flag('dropPings', 'drop-icmpv6-info'),
  'source-icmpv6-errors-better': {
    of: 'nat64',
    apply: (draft, value) => {
      if (!truth(value)) {
        draft.find(
          'source-icmpv6-errors-better false',
          'the source of a translated error is always the router that sent it, so that traceroute works',
        );
      }
    },
  },
  'handle-rst-during-fin-rcv': {
    of: 'nat64',
    apply: (draft, value) => {
      if (truth(value)) {
        draft.find('handle-rst-during-fin-rcv true', 'always so: a RST after a FIN ends the session (RFC 7857)');
      }
    },
  },
  'f-args': {
    of: 'nat64',
    apply: (draft, value) => {
      if (value !== 11) {
        draft.find(
          `f-args ${String(value)}`,
          'ports are chosen at random, and a client keeps its pool4 address (RFC 4787 REQ-2), whatever it connects to',
        );
      }
    },
  },
  'tcp-est-timeout': timeout('tcpEstablished', 'tcp-est-timeout', 2 * HOUR_MS),
  'tcp-trans-timeout': timeout('tcpTransitory', 'tcp-trans-timeout', 4 * MINUTE_MS),
  'udp-timeout': timeout('udp', 'udp-timeout', 5 * MINUTE_MS),
  'icmp-timeout': timeout('icmp', 'icmp-timeout', MINUTE_MS),
  'maximum-simultaneous-opens': {
    of: 'nat64',
    apply: (draft, value) => {
      if (value !== 10) {
        draft.find(
          `maximum-simultaneous-opens ${String(value)}`,
          'the SYNs that wait are bounded by the program itself',
        );
      }
    },
  },
  'logging-session': {
    of: 'nat64',
    apply: (draft, value) => {
      if (!truth(value)) return;
      draft.set('natLog', 'sessions', 'logging-session: JSON lines in files of the state directory');
      draft.set('natLogDestinations', 'true', 'logging-session names the remote address');
    },
  },
  'logging-bib': {
    of: 'nat64',
    apply: (draft, value) => {
      if (truth(value) && !draft.has('natLog')) {
        draft.set('natLog', 'bib', 'logging-bib: JSON lines in files of the state directory, not in the kernel log');
      }
    },
  },
};

/** The program that has an option, where only one has it. */
export function kindOfOption(name: string): Kind | undefined {
  return SYNCHRONISATION.test(name) ? 'nat64' : GLOBAL_OPTIONS[name]?.of;
}

/** Writes all options into the draft, in the order of the table. @throws ImportError */
export function importGlobals(draft: InstanceDraft, globals: ReadonlyMap<string, JoolSetting>, source: string): void {
  for (const [name, { of, apply }] of Object.entries(GLOBAL_OPTIONS)) {
    const value = globals.get(name);
    if (value === undefined) continue;
    if (of !== undefined && of !== draft.kind) {
      draft.find(`${name} ${String(value)}`, `an option of ${of === 'siit' ? 'jool_siit' : 'jool'}; it is left out`);
      continue;
    }
    apply(draft, value, `${source}: global.${name}`);
  }
  const tos = globals.get('tos');
  if (truth(globals.get('override-tos') ?? false)) {
    draft.set('tos', String(tos === undefined ? 0 : numberOf(tos, `${source}: global.tos`)), 'override-tos');
  }
  // "display" prints the other options even if it is off.
  const synchronises = globals.get('ss-enabled') !== false;
  const synchronised = [...globals.keys()].filter((name) => synchronises && SYNCHRONISATION.test(name));
  if (synchronised.length > 0) draft.find(synchronised.join(', '), REPLICATION);
  for (const [name, value] of globals) {
    if (!Object.hasOwn(GLOBAL_OPTIONS, name) && !SYNCHRONISATION.test(name)) {
      draft.find(`${name} ${String(value)}`, 'not an option of Jool 4.0 to 4.1; it is left out');
    }
  }
}

function flag(key: string, option: string): Option {
  return {
    of: 'nat64',
    apply: (draft, value) => {
      if (truth(value)) draft.set(key, 'true', option);
    },
  };
}

/** @param usual Jool's default, which "display" prints like a configured value */
function timeout(key: string, option: string, usual: number): Option {
  return {
    of: 'nat64',
    apply: (draft, value, place) => {
      const ms = millisecondsOf(value, place);
      if (ms !== usual) draft.setIn('timeouts', key, formatDuration(ms), option);
    },
  };
}

/** RFC 7915 section 4.2: in descending order; values not valid for IPv4 are skipped. */
function importPlateaus(draft: InstanceDraft, value: JoolSetting, place: string): void {
  const list = typeof value === 'string' ? value.split(',').map(Number) : value;
  if (!isNumbers(list)) throw unfit(value, place, 'a list of numbers');
  const wanted = [...new Set(list)].filter((mtu) => mtu >= 68 && mtu <= 65535).toSorted((one, other) => other - one);
  if (wanted.length < new Set(list).size) draft.find('mtu-plateaus', 'values below 68 are left out; IPv4 has none');
  const text = wanted.join(', ');
  if (text !== '' && text !== PLATEAUS) draft.set('mtuPlateaus', `[${text}]`, 'mtu-plateaus');
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isInteger(entry));
}

function truth(value: JoolSetting): boolean {
  return value === true || value === 'true' || value === 'on' || value === 1;
}

function numberOf(value: JoolSetting, place: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  throw unfit(value, place, 'a number');
}

/** `[[HH:]MM:]SS[.mmm]`; a number is seconds. @throws ImportError */
function millisecondsOf(value: JoolSetting, place: string): number {
  const fields = String(value).split(':');
  const fits = fields.length <= 3 && fields.every((field) => /^\d+(?:\.\d+)?$/.test(field));
  const seconds = fields.reduce((total, field) => total * 60 + Number(field), 0);
  const ms = Math.round(seconds * 1000);
  if (fits && ms > 0) return ms;
  throw unfit(value, place, 'a time such as 2:00:00');
}

function unfit(value: JoolSetting, place: string, right: string): ImportError {
  return new ImportError(place, `${JSON.stringify(value)} is not possible here`, `Jool expects ${right}`);
}
