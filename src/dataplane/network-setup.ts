import { CommandError, ipJson, type RunCommand } from '../linux/command.ts';
import { ensureNamespace, namespaceState } from '../linux/network-namespace.ts';
import { addFallback, removeFallback } from './fallback-routes.ts';
import { type InstanceOptions, type InterfaceOffload, routesOf } from './instance-options.ts';
import { parsePrefix6 } from '../net/prefix.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { type NetworkRecord, NetworkRecordFile } from './network-record.ts';
import { readRule, rulesOf, ruleText, sameRule, type SteeringRule } from './steering.ts';

/**
 * MTU of the TUN, bytes: the maximum, so that the kernel never fragments or rejects a packet on its way to the
 * translator, which knows both sides' MTUs and answers according to RFC 7915.
 */
const TUN_MTU = 65_535;
/** Queue length of the TUN, packets: some milliseconds of small packets. */
const TUN_QUEUE = 2000;

/** Sysctls required for forwarding to a TUN. */
const FORWARD4 = '/proc/sys/net/ipv4/ip_forward';
const FORWARD6 = '/proc/sys/net/ipv6/conf/all/forwarding';

/**
 * Packets from the TUN pass the kernel's reverse path filter, independent of other interfaces: 2 is loose, and the
 * kernel takes the larger value of this and of `all` (Documentation/networking/ip-sysctl). Loose needs some route to
 * the source, and an address of the interface (fib_validate_source, net/ipv4/fib_frontend.c).
 */
const RP_FILTER_LOOSE = '2';
/** Only for that purpose: never the source of a packet that leaves the machine, and local on every machine. */
const FILTER_ADDRESS = '127.64.64.1/32';
/**
 * Table `default` (253), looked up after `main`: routes for sources of ICMP errors that `main` does not cover. It never
 * overrides another route, for instance of another instance's pool4.
 */
const LAST_TABLE = 253;

/**
 * The network around an instance: namespace, forwarding and interface offloads before the worker starts; the TUN's
 * addresses and routes once it is open. `undo` reverts exactly what was changed.
 */
export class NetworkSetup {
  /** Serialises instances that start at the same time, because they may share a namespace. */
  static #before: Promise<unknown> = Promise.resolve();
  readonly #options: InstanceOptions;
  readonly #run: RunCommand;
  readonly #file: NetworkRecordFile;
  /** Prefixes routed to the TUN; only added to while the TUN exists, because sessions depend on old ones. */
  #routes: readonly string[];
  readonly #featuresOn = new Set<string>();

  constructor(options: InstanceOptions, run: RunCommand) {
    this.#options = options;
    this.#run = run;
    this.#routes = options.routes ?? routesOf(options.translator);
    this.#file = new NetworkRecordFile(options.runDirectory, options.name);
  }

  /** Enabled features of those requested, each with its interface. */
  get featuresOn(): readonly string[] {
    return [...this.#featuresOn];
  }

  /** Sets up everything that the worker needs before it starts. @throws CommandError, NetworkRecordError */
  async prepare(): Promise<void> {
    return NetworkSetup.#inOrder(() => this.#prepare());
  }

  static async #inOrder(work: () => Promise<void>): Promise<void> {
    const done = NetworkSetup.#before.then(work);
    NetworkSetup.#before = Promise.allSettled([done]);
    return done;
  }

  async #prepare(): Promise<void> {
    const { namespace, interfaceOffloads = [] } = this.#options;
    // An earlier incarnation that could not clean up left its record; its original values are the ones to restore.
    const former = this.#file.load();
    const fits = former !== undefined && former.namespace === namespace;
    if (former !== undefined) await this.#removeRules(former);
    if (former !== undefined && !fits) {
      await this.#removeFallback(former, []);
      await this.#putBack(former);
    }
    const place = namespace === undefined ? {} : { namespace };
    const record: NetworkRecord = fits
      ? { ...former, rules: [] }
      : { ...place, madeNamespace: false, sysctls: [], features: [], rules: [], fallback: [] };
    this.#file.save(record);
    if (namespace !== undefined && namespaceState(namespace) !== 'namespace') await this.#makeNamespace(namespace);
    await this.#switchOn(FORWARD4);
    await this.#acceptAdvertisements();
    await this.#switchOn(FORWARD6);
    for (const offload of interfaceOffloads) await this.#enableFeatures(offload);
  }

  /**
   * Sets up addresses and routes of the TUN, which the worker has opened.
   * @param how `replace` restores what somebody has changed since; `add` fails on what exists already
   * @throws CommandError
   */
  async connect(how: 'add' | 'replace' = 'add'): Promise<void> {
    const { tunName, namespace, addresses = [] } = this.#options;
    const commands = [
      // No link-local address: the translator is not a host, and must not send router solicitations.
      `link set dev ${tunName} addrgenmode none mtu ${TUN_MTU} txqueuelen ${TUN_QUEUE} up`,
      `addr replace ${FILTER_ADDRESS} dev ${tunName} scope host`,
      ...addresses.map((address) => `addr ${how} ${address} dev ${tunName}`),
      ...this.#routes.map((prefix) => this.#routeCommand(how, prefix)),
      // Several instances in a namespace may have the same sources: any of their TUNs will do.
      ...errorSources(this.#options.translator).map(
        (prefix) => `route replace ${prefix} dev ${tunName} table ${LAST_TABLE}`,
      ),
    ];
    await this.#run(['ip', '-batch', '-'], { namespace, input: `${commands.join('\n')}\n` });
    await this.#writeSysctl(`/proc/sys/net/ipv4/conf/${tunName}/rp_filter`, RP_FILTER_LOOSE, namespace);
    await this.#addRules();
    await NetworkSetup.#inOrder(() => this.#addFallback());
  }

  /** Routes further prefixes to the TUN; existing ones stay. @throws CommandError */
  async addRoutes(routes: readonly string[]): Promise<void> {
    const { namespace } = this.#options;
    const fresh = routes.filter((prefix) => !this.#routes.includes(prefix));
    if (fresh.length === 0) return;
    const commands = fresh.map((prefix) => this.#routeCommand('add', prefix));
    await this.#run(['ip', '-batch', '-'], { namespace, input: `${commands.join('\n')}\n` });
    this.#routes = [...this.#routes, ...fresh];
    await NetworkSetup.#inOrder(() => this.#addFallback());
  }

  /**
   * Restores what was changed. By then the TUN is gone, with its addresses and routes.
   * @throws CommandError
   */
  async undo(): Promise<void> {
    // Read again from the file, because another instance may have transferred restores to this one.
    const record = this.#file.load();
    if (record === undefined) return;
    await this.#removeRules(record);
    await NetworkSetup.#inOrder(async () => {
      await this.#removeFallback(record, []);
      // The next instance with the same prefixes is then the last one.
      this.#note((noted) => ({ ...noted, fallback: [] }));
    });
    if (!this.#file.transferRestores(record)) await this.#putBack(record);
    this.#file.remove();
  }

  #routeCommand(how: 'add' | 'replace', prefix: string): string {
    const { tunName, steering } = this.#options;
    const steered = steering !== undefined && parsePrefix6(prefix) !== undefined;
    return `route ${how} ${prefix} dev ${tunName}${steered ? ` table ${steering.table}` : ''}`;
  }

  /** Adds missing rules. */
  async #addRules(): Promise<void> {
    const { namespace, steering } = this.#options;
    if (steering === undefined) return;
    const rules = rulesOf(steering);
    this.#note((record) => ({ ...record, rules }));
    const there = await this.#rules(namespace);
    const missing = rules.filter((rule) => !there.some((other) => sameRule(rule, other)));
    for (const rule of missing)
      await this.#run(['ip', '-6', 'rule', 'add', ...ruleText(rule).split(' ')], { namespace });
  }

  /** Removes the remaining rules of a record. */
  async #removeRules({ namespace, rules }: NetworkRecord): Promise<void> {
    if (rules.length === 0 || (namespace !== undefined && namespaceState(namespace) !== 'namespace')) return;
    const there = await this.#rules(namespace);
    const left = rules.filter((rule) => there.some((other) => sameRule(rule, other)));
    for (const rule of left) await this.#run(['ip', '-6', 'rule', 'del', ...ruleText(rule).split(' ')], { namespace });
  }

  /** Adds fallback routes for the prefixes of the TUN, replacing those of a former incarnation. */
  async #addFallback(): Promise<void> {
    const { namespace } = this.#options;
    const former = this.#file.load();
    this.#note((record) => ({ ...record, fallback: [...new Set([...record.fallback, ...this.#routes])] }));
    await addFallback(this.#routes, namespace, this.#run);
    if (former !== undefined) await this.#removeFallback(former, this.#routes);
    this.#note((record) => ({ ...record, fallback: [...this.#routes] }));
  }

  async #removeFallback({ namespace, fallback }: NetworkRecord, staying: readonly string[]): Promise<void> {
    if (fallback.length === 0 || (namespace !== undefined && namespaceState(namespace) !== 'namespace')) return;
    const others = [...staying, ...this.#file.fallbackOfOthers(namespace)];
    await removeFallback(fallback, others, namespace, this.#run);
  }

  async #rules(namespace: string | undefined): Promise<SteeringRule[]> {
    const entries = await ipJson(this.#run, ['-Numeric', '-6', 'rule', 'show'], namespace);
    return entries.flatMap((entry) => readRule(entry) ?? []);
  }

  async #makeNamespace(name: string): Promise<void> {
    this.#note((record) => ({ ...record, madeNamespace: true }));
    await ensureNamespace(name, this.#run);
  }

  async #switchOn(path: string): Promise<void> {
    const { namespace } = this.#options;
    const before = (await this.#run(['cat', path], { namespace })).trim();
    if (before !== '1') await this.#change(path, before, '1');
  }

  /**
   * With forwarding enabled, a machine ignores default routes in router advertisements, and loses an existing one,
   * unless accept_ra is 2 (Documentation/networking/ip-sysctl).
   */
  async #acceptAdvertisements(): Promise<void> {
    const { namespace } = this.#options;
    if ((await this.#run(['cat', FORWARD6], { namespace })).trim() === '1') return;
    const names = (await ipJson(this.#run, ['link', 'show'], namespace)).flatMap((link) => nameOf(link) ?? []);
    for (const name of [...names, 'default']) {
      const path = `/proc/sys/net/ipv6/conf/${name}/accept_ra`;
      if ((await this.#read(path)) === '1') await this.#change(path, '1', '2');
    }
  }

  /** undefined: there is no such sysctl, for instance on an interface without IPv6. */
  async #read(path: string): Promise<string | undefined> {
    try {
      return (await this.#run(['cat', path], { namespace: this.#options.namespace })).trim();
    } catch (error) {
      if (error instanceof CommandError) return undefined;
      throw error;
    }
  }

  async #change(path: string, before: string, value: string): Promise<void> {
    this.#note((record) =>
      record.sysctls.some((known) => known.path === path)
        ? record
        : { ...record, sysctls: [...record.sysctls, { path, before }] },
    );
    await this.#writeSysctl(path, value, this.#options.namespace);
  }

  async #writeSysctl(path: string, value: string, namespace: string | undefined): Promise<void> {
    await this.#run(['tee', path], { namespace, input: `${value}\n` });
  }

  async #enableFeatures({ interface: name, features }: InterfaceOffload): Promise<void> {
    const { namespace } = this.#options;
    const states = readFeatures(await this.#run(['ethtool', '-k', name], { namespace }));
    for (const feature of features) {
      if (states.get(feature) === 'on') this.#featuresOn.add(`${name} ${feature}`);
      if (states.get(feature) !== 'off') continue;
      this.#note((record) => ({
        ...record,
        features: [...record.features, { interface: name, feature, before: 'off' as const }],
      }));
      await this.#run(['ethtool', '-K', name, feature, 'on'], { namespace });
      this.#featuresOn.add(`${name} ${feature}`);
    }
  }

  #note(change: (record: NetworkRecord) => NetworkRecord): void {
    const record = this.#file.load();
    if (record !== undefined) this.#file.save(change(record));
  }

  async #putBack(record: NetworkRecord): Promise<void> {
    const { namespace, madeNamespace, sysctls, features } = record;
    if (namespace !== undefined && namespaceState(namespace) !== 'namespace') return;
    if (namespace !== undefined && madeNamespace) {
      await this.#run(['ip', 'netns', 'delete', namespace]);
      return;
    }
    for (const { interface: name, feature, before } of features.toReversed()) {
      const there = await ipJson(this.#run, ['link', 'show'], namespace);
      if (there.some((link) => isLinkNamed(link, name))) {
        await this.#run(['ethtool', '-K', name, feature, before], { namespace });
      }
    }
    for (const { path, before } of sysctls.toReversed()) await this.#writeSysctl(path, before, namespace);
  }
}

function isLinkNamed(link: unknown, name: string): boolean {
  return nameOf(link) === name;
}

function nameOf(link: unknown): string | undefined {
  const named = typeof link === 'object' && link !== null && 'ifname' in link && typeof link.ifname === 'string';
  return named ? String(link.ifname) : undefined;
}

/** IPv4 prefixes that the translator sends ICMP errors from. */
function errorSources(options: TranslatorOptions): string[] {
  const pools = options.kind === 'siit' ? options.rfc6791v4 : [];
  return [...new Set([`${options.icmpSource4}/32`, ...pools])];
}

/** The lines `name: on` and `name: off` of `ethtool -k`; those marked [fixed] cannot be changed and are skipped. */
export function readFeatures(text: string): Map<string, 'on' | 'off'> {
  const lines = text.matchAll(/^\s*([\w-]+): (on|off)(?: \[requested on\])?$/gm);
  return new Map([...lines].map(([, name = '', state]) => [name, state === 'on' ? 'on' : 'off']));
}
