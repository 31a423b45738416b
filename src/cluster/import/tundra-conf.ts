import { type Directive, directivesOf } from './directives.ts';
import { ImportError, InstanceDraft, quoted } from './draft.ts';
import { addressOf, prefix6Of } from './jool-parts.ts';

/**
 * tundra-nat64.conf (5), up to Tundra 6. It translates one host (`nat64`, `clat`) or everything (`siit`), always with a
 * prefix of 96 bits, written without its length.
 */

type Settings = ReadonlyMap<string, Directive>;

const WITHOUT_EQUIVALENT: Readonly<Record<string, string>> = {
  'program.translator_threads': 'one worker for each shard of the instance, see shards',
  'program.chroot_dir': 'the unit of systemd says what the agent sees', // until Tundra 5
  'program.privilege_drop_user': 'the unit of systemd says what the agent may do',
  'program.privilege_drop_group': 'the unit of systemd says what the agent may do',
  'io.tun.device_path': 'always /dev/net/tun',
  'io.tun.owner_user': 'the TUN device goes with the agent',
  'io.tun.owner_group': 'the TUN device goes with the agent',
  'io.tun.multi_queue': 'a queue for each shard, see shards',
  'router.generated_packet_ttl': 'ICMP errors of the translator leave with 64 hops',
};

/** @throws ImportError */
export function importTundra(text: string, file: string, name: string): InstanceDraft {
  const options = { comments: /^\s*[#;].*$/, separator: /\s*=\s*/, end: '!STOP' };
  const directives = directivesOf(text, file, options);
  // An option without a value has its default.
  const written = directives.filter(({ value }) => value !== '');
  const settings: Settings = new Map(written.map((directive) => [directive.key, directive]));
  const draft = new InstanceDraft(name, 'siit', file);
  const mode = settings.get('addressing.mode');
  if (mode === undefined || !['nat64', 'clat', 'siit'].includes(mode.value)) {
    const what = mode === undefined ? 'no addressing.mode' : `addressing.mode ${mode.value}`;
    throw new ImportError(mode?.place ?? file, what, 'nat64, clat and siit can be imported');
  }
  importAddressing(draft, settings, mode.value);
  importRest(draft, settings);
  for (const [key, { value }] of settings) {
    if (Object.hasOwn(WITHOUT_EQUIVALENT, key)) draft.find(`${key} ${value}`, WITHOUT_EQUIVALENT[key] ?? '');
    else if (!KNOWN.test(key)) draft.find(`${key} ${value}`, 'not an option of Tundra; it is left out');
  }
  return draft;
}

/** Options that are imported, or belong to a mode that cannot be. */
const KNOWN = new RegExp(
  [
    String.raw`^addressing\.(?:mode|nat64_clat\.ipv[46]|external\..+)$`,
    String.raw`^addressing\.nat64_clat_siit\.(?:prefix|allow_translation_of_private_ips)$`,
    String.raw`^router\.ipv[46]$`,
    String.raw`^translator\.(?:ipv[46]\.outbound_mtu|(?:6to4|4to6)\.copy_dscp_and_ecn)$`,
    String.raw`^io\.(?:mode|tun\.interface_name)$`,
  ].join('|'),
);

function importAddressing(draft: InstanceDraft, settings: Settings, mode: string): void {
  const prefix = settings.get('addressing.nat64_clat_siit.prefix');
  if (prefix === undefined) {
    const remedy = 'Tundra looks it up by DNS (RFC 7050); write down what it found, such as 64:ff9b::';
    throw new ImportError('addressing.nat64_clat_siit.prefix', 'the prefix is empty', remedy);
  }
  draft.set('pool6', quoted(prefix6Of(`${prefix.value}/96`, prefix.place)), prefix.key);
  const allowed = settings.get('addressing.nat64_clat_siit.allow_translation_of_private_ips')?.value;
  if (allowed !== undefined && /^(?:yes|y|true|on|1)$/i.test(allowed)) {
    draft.set('allowNonGlobal', 'true', 'allow_translation_of_private_ips');
  }
  if (mode === 'siit') return;
  const [v4, v6] = [settings.get('addressing.nat64_clat.ipv4'), settings.get('addressing.nat64_clat.ipv6')];
  const pair = { v4: addressOf(v4?.value ?? ''), v6: addressOf(v6?.value ?? '') };
  if (pair.v4 === undefined || pair.v6 === undefined) {
    const place = v4?.place ?? 'addressing.nat64_clat.ipv4';
    throw new ImportError(
      place,
      'the mode needs an address of each family',
      'set addressing.nat64_clat.ipv4 and .ipv6',
    );
  }
  draft.list('eam', [
    { text: `{ v6: ${quoted(`${pair.v6}/128`)}, v4: ${pair.v4}/32 }`, note: `addressing.mode ${mode}` },
  ]);
  if (mode === 'nat64') {
    draft.find(
      'addressing.mode nat64',
      'one host is translated, as before; masquerading in front of it is not needed with kind nat64 and a pool4',
    );
  }
}

function importRest(draft: InstanceDraft, settings: Settings): void {
  const tun = settings.get('io.tun.interface_name');
  if (tun !== undefined) draft.set('tun', tun.value, tun.key);
  for (const [key, name] of [
    ['router.ipv4', 'source4'],
    ['router.ipv6', 'source6'],
  ] as const) {
    const setting = settings.get(key);
    const address = addressOf(setting?.value ?? '');
    if (address !== undefined) draft.setIn('icmp', name, name === 'source6' ? quoted(address) : address, key);
  }
  for (const [key, name, usual] of [
    ['translator.ipv4.outbound_mtu', 'mtu4', '1500'],
    ['translator.ipv6.outbound_mtu', 'mtu6', '1500'],
  ] as const) {
    const setting = settings.get(key);
    if (setting !== undefined && setting.value !== usual) draft.set(name, setting.value, key);
  }
  if (isNo(settings.get('translator.4to6.copy_dscp_and_ecn')))
    draft.set('trafficClass', 'zero', 'copy_dscp_and_ecn no');
  if (isNo(settings.get('translator.6to4.copy_dscp_and_ecn'))) draft.set('tos', '0', 'copy_dscp_and_ecn no');
  if (settings.get('io.mode')?.value === 'inherited-fds') {
    draft.find('io.mode inherited-fds', 'packets come by a TUN device of its own');
  }
}

function isNo(directive: Directive | undefined): boolean {
  return directive !== undefined && /^(?:no|n|false|off|0)$/i.test(directive.value);
}
