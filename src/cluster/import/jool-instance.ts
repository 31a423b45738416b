import { ImportError, InstanceDraft, nameFrom, quoted } from './draft.ts';
import { importGlobals, kindOfOption } from './jool-globals.ts';
import { DEFAULT_PORTS, type JoolParts, type JoolSetting, prefix4Of, prefix6Of } from './jool-parts.ts';
import { importPool4, type MarkMeanings } from './jool-pool4.ts';

export interface JoolImportOptions {
  /** Name of the instance if the files contain none. */
  readonly name: string | undefined;
  readonly kind: 'nat64' | 'siit' | undefined;
  readonly marks: MarkMeanings;
  /** IPv4 addresses of the machine, for an instance without pool4. */
  readonly ownAddresses: readonly string[];
  /** Network namespace of the instance, by its name. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** IPv4 destinations of a NAT64 instance, by its name, which Jool left to routing. */
  readonly destinations: ReadonlyMap<string, readonly string[]>;
}

/** Source of ICMPv6 errors without a pool6 to derive it from: 192.0.0.8 of RFC 7600 in the well-known prefix. */
const DUMMY_SOURCE6 = '64:ff9b::c000:8';

const WELL_KNOWN = '64:ff9b::/96';

/** An instance of a cluster file from one of Jool. @throws ImportError */
export function importJool(parts: JoolParts, options: JoolImportOptions): InstanceDraft {
  const kind = options.kind ?? kindOf(parts);
  const draft = new InstanceDraft(nameFrom(parts.name ?? options.name ?? 'default'), kind, parts.source);
  const namespace = options.namespaces.get(draft.name);
  if (namespace !== undefined) draft.set('namespace', namespace, '--namespace');
  importGlobals(draft, parts.globals, parts.source);
  if (isWellKnown(parts.globals.get('pool6'))) {
    const what = 'addresses such as 10.0.0.1 behind 64:ff9b::/96, as Jool; RFC 6052 section 3.1 forbids it';
    draft.set('allowNonGlobal', 'true', `${what}: leave it out where no client uses them`);
  }
  const destinations = options.destinations.get(draft.name);
  if (destinations !== undefined) importDestinations(draft, destinations);
  if (kind === 'nat64') importNat64(draft, parts, options);
  else importSiit(draft, parts);
  if (parts.framework === 'iptables') {
    draft.find(
      'framework iptables',
      'packets come by routes to the TUN device; what the rules matched is said by clients and destinations',
    );
  }
  for (const key of parts.unknown) draft.find(key, 'not a key of Jool 4.0 to 4.1; it is left out');
  return draft;
}

function importNat64(draft: InstanceDraft, parts: JoolParts, { marks, ownAddresses }: JoolImportOptions): void {
  const { source, displayed } = parts;
  if (!draft.has('pool6')) throw new ImportError(source, 'no pool6', 'a NAT64 needs one: global.pool6 64:ff9b::/96');
  if (parts.pool4 !== undefined && parts.pool4.length > 0)
    importPool4(draft, parts.pool4, { marks, displayed, source });
  else importOwnAddresses(draft, ownAddresses, source);
  if (parts.bib !== undefined && parts.bib.length > 0) {
    const items = parts.bib.map(({ protocol, v6, port6, v4, port4 }) => ({
      text: `{ protocol: ${protocol}, v6: ${quoted(v6)}, port6: ${port6}, v4: ${v4}, port4: ${port4} }`,
    }));
    draft.list('static', items, 'static BIB entries');
  }
  if (parts.dynamicEntries > 0) {
    draft.find(
      `${parts.dynamicEntries} dynamic BIB entries`,
      'they are state; "isthmus joold" takes live sessions over',
    );
  }
  leftOut(draft, parts.eamt, 'eamt');
  leftOut(draft, parts.denylist4, 'denylist4');
}

/**
 * Whether it is the well-known prefix, behind which RFC 6052 forbids non-global IPv4 addresses; Jool does not check
 * that.
 */
function isWellKnown(pool6: JoolSetting | undefined): boolean {
  return typeof pool6 === 'string' && prefix6Of(pool6, 'pool6') === WELL_KNOWN;
}

/** @throws ImportError */
function importDestinations(draft: InstanceDraft, destinations: readonly string[]): void {
  if (draft.kind !== 'nat64') {
    const remedy = 'a siit instance translates what its pool6 and mappings have';
    throw new ImportError('--destinations', `instance ${draft.name} is of kind siit`, remedy);
  }
  const prefixes = destinations.map((text) => prefix4Of(text, '--destinations'));
  draft.set('destinations', `[${prefixes.join(', ')}]`, '--destinations: what routes led to this instance');
}

/** The meaning of an empty pool4 in Jool: all global addresses of the machine, the upper ports. */
function importOwnAddresses(draft: InstanceDraft, addresses: readonly string[], source: string): void {
  if (addresses.length === 0) {
    const remedy = 'Jool then takes ports 61001-65535 of the machine itself; name its address: --address 192.0.2.1';
    throw new ImportError(source, 'pool4 is empty', remedy);
  }
  const ports = DEFAULT_PORTS.join('-');
  const note = "pool4 was empty: the machine's own address; see docs/from-jool.md, One address shared with the host";
  const items = addresses.map((text) => ({
    text: `{ prefix: ${prefix4Of(text, '--address')}, ports: ${ports} }`,
    note,
  }));
  draft.list('pool4', items);
}

function importSiit(draft: InstanceDraft, parts: JoolParts): void {
  const { eamt, denylist4 } = parts;
  if (eamt !== undefined && eamt.length > 0) {
    draft.list(
      'eam',
      eamt.map(({ v6, v4 }) => ({ text: `{ v6: ${quoted(v6)}, v4: ${v4} }` })),
      'eamt',
    );
  }
  if (denylist4 !== undefined && denylist4.length > 0) {
    draft.set('denylist4', `[${denylist4.join(', ')}]`, 'denylist4');
  }
  if (!draft.has('pool6')) {
    draft.setIn('icmp', 'source6', quoted(DUMMY_SOURCE6), 'without pool6; better an address of this gateway');
  }
  leftOut(draft, parts.pool4, 'pool4');
  leftOut(draft, parts.bib, 'bib');
}

function leftOut(draft: InstanceDraft, list: readonly unknown[] | undefined, what: string): void {
  if (list === undefined || list.length === 0) return;
  draft.find(`${what}, ${list.length} entries`, `an instance of kind ${draft.kind} has none; they are left out`);
}

/** Jool's files do not state the program; it follows from their contents. @throws ImportError */
function kindOf({ pool4, bib, eamt, denylist4, globals, source }: JoolParts): 'nat64' | 'siit' {
  const kinds = new Set<'nat64' | 'siit'>();
  if (pool4 !== undefined || bib !== undefined) kinds.add('nat64');
  if (eamt !== undefined || denylist4 !== undefined) kinds.add('siit');
  // Tables are a stronger indication than leftover options.
  if (kinds.size === 0)
    for (const kind of [...globals.keys()].map(kindOfOption)) if (kind !== undefined) kinds.add(kind);
  const [kind] = kinds;
  if (kinds.size === 1 && kind !== undefined) return kind;
  const what = kinds.size === 0 ? 'nothing tells NAT64 and SIIT apart' : 'it has keys of NAT64 and of SIIT';
  throw new ImportError(source, what, 'say which it is: --kind nat64 or --kind siit');
}
