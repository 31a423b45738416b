import { type DaemonShell, FrrCommandError } from '../../../src/frr/daemon-shell.ts';
import { FrrNotRunningError } from '../../../src/frr/vty-connection.ts';

interface Neighbor {
  remoteAs: number;
  shut: boolean;
  established: boolean;
  /** Address family → outbound route map; a family that is not activated is not there. */
  families: Map<string, string | undefined>;
}

/** A bgpd that understands the commands which Isthmus sends, and shows what it has as FRR 8.4 does. */
export class SimulatedBgpd implements DaemonShell {
  readonly socketPath = '/run/frr/bgpd.vty';
  readonly neighbors = new Map<string, Neighbor>();
  readonly networks = new Set<string>();
  /** Route map → its lines. */
  readonly maps = new Map<string, string[]>();
  /** Prefix list → prefixes. */
  readonly lists = new Map<string, Set<string>>();
  readonly transactions: string[][] = [];
  running = true;
  /** Commands that begin like this are taken and have no effect. */
  deafTo = '';
  asn = 64512;
  /** There is `router bgp`. */
  instance = true;
  /** Neighbours are told nothing without an outbound policy. */
  requiresPolicy = false;
  /** Prefixes that neighbours were told and are never told to forget, as FRR 8.4 does after a change of policy. */
  readonly remembered = new Set<string>();
  gracefulRestart: object = { localGrMode: 'Helper*', remoteGrMode: 'Helper', timers: { configuredRestartTimer: 120 } };
  #map = '';
  #family = 'ipv4';

  /** A neighbour that is established, with its own address family activated. */
  add(peer: string, outboundMap?: string): void {
    const families = new Map([[peer.includes(':') ? 'ipv6' : 'ipv4', outboundMap]]);
    this.neighbors.set(peer, { remoteAs: 64500, shut: false, established: true, families });
  }

  /** The MED that a neighbour is told a prefix with; undefined: it is not told the prefix. */
  medAt(peer: string, prefix: string): number | undefined {
    const neighbor = this.neighbors.get(peer);
    const map = neighbor?.families.get(prefix.includes(':') ? 'ipv6' : 'ipv4');
    if (neighbor === undefined || neighbor.shut || !neighbor.established || !this.networks.has(prefix))
      return undefined;
    if (map === undefined) return this.requiresPolicy ? undefined : 0;
    for (const entry of this.#entriesOf(map)) {
      const list = entry
        .find((line) => line.startsWith('match'))
        ?.split(' ')
        .at(-1);
      if (list !== undefined && this.lists.get(list)?.has(prefix) !== true) continue;
      if ((entry[0] ?? '').includes(' deny ')) return undefined;
      return Number(entry.find((line) => line.startsWith('set metric'))?.split(' ')[2] ?? 0);
    }
    return undefined;
  }

  async configure(commands: readonly string[]): Promise<void> {
    if (!this.running) throw new FrrNotRunningError('no such socket');
    this.transactions.push([...commands]);
    for (const command of commands) {
      if (this.deafTo !== '' && command.startsWith(this.deafTo)) continue;
      this.#take(command);
    }
  }

  async show(command: string): Promise<string> {
    if (!this.running) throw new FrrNotRunningError('no such socket');
    const [, , scope = '', peer = ''] = command.split(' ');
    if (!this.instance) return scope === 'summary' ? '{}' : '{"warning":"Default BGP instance not found"}';
    if (scope === 'summary') return JSON.stringify({ ipv4Unicast: { peers: this.#peers() } });
    const told = /^show bgp (ipv4|ipv6) unicast neighbors (\S+) advertised-routes json$/.exec(command);
    if (told !== null) {
      const routes = Object.fromEntries(this.#toldTo(told[2] ?? '', told[1] ?? '').map((prefix) => [prefix, {}]));
      return JSON.stringify({ advertisedRoutes: routes });
    }
    if (scope === 'neighbors') return JSON.stringify({ [peer]: this.#detail(peer) });
    const prefix = /^show bgp (?:ipv4|ipv6) unicast (\S+) json$/.exec(command)?.[1];
    if (prefix === undefined) throw new FrrCommandError(command, 'unknown command');
    if (!this.networks.has(prefix)) return '{}';
    const hearing = [...this.neighbors.keys()].filter((name) => this.medAt(name, prefix) !== undefined);
    const advertisedTo = Object.fromEntries(hearing.map((name) => [name, {}]));
    return JSON.stringify({ prefix, advertisedTo, paths: [{ sourced: true, metric: 0 }] });
  }

  close(): void {
    // Nothing is open.
  }

  #peers(): object {
    return Object.fromEntries(
      [...this.neighbors].map(([name, { shut, established }]) => {
        const state = shut ? 'Idle (Admin)' : established ? 'Established' : 'Active';
        return [name, { state, peerState: shut ? 'Admin' : 'OK' }];
      }),
    );
  }

  #toldTo(peer: string, family: string): string[] {
    const all = [...this.networks].filter((prefix) => this.medAt(peer, prefix) !== undefined);
    return [...all, ...this.remembered].filter((prefix) => (prefix.includes(':') ? 'ipv6' : 'ipv4') === family);
  }

  #detail(peer: string): object {
    const families = [...(this.neighbors.get(peer)?.families ?? [])].map(([family, map]) => {
      const refusal = map === undefined && this.requiresPolicy;
      const shown = {
        sentPrefixCounter: this.#toldTo(peer, family).length,
        ...(map === undefined ? {} : { routeMapForOutgoingAdvertisements: map }),
        ...(refusal ? { outboundEbgpRequiresPolicy: 'Outbound updates discarded due to missing policy' } : {}),
      };
      return [`${family}Unicast`, shown] as const;
    });
    return { addressFamilyInfo: Object.fromEntries(families), gracefulRestartInfo: this.gracefulRestart };
  }

  /** The entries of a route map, each with its first line. */
  #entriesOf(map: string): string[][] {
    const entries: string[][] = [];
    for (const line of this.maps.get(map) ?? []) {
      if (line.startsWith('route-map')) entries.push([line]);
      else entries.at(-1)?.push(line);
    }
    return entries;
  }

  #take(command: string): void {
    const words = command.split(' ');
    const no = words[0] === 'no';
    const [verb, first = '', second = '', third = ''] = no ? words.slice(1) : words;
    if (verb === 'router') {
      if (Number(second) !== this.asn) throw new FrrCommandError(command, 'BGP is already running');
      this.instance = true;
    }
    if (second === 'prefix-list' || first === 'prefix-list') {
      const name = words[2] ?? '';
      this.lists.set(name, (this.lists.get(name) ?? new Set()).add(words.at(-1) ?? ''));
    }
    if (verb === 'route-map') {
      this.#map = first;
      const before = this.maps.get(first) ?? [];
      const at = before.indexOf(command);
      // An entry that is given again is changed where it stands; here it is begun anew.
      if (at < 0) this.maps.set(first, [...before, command]);
    }
    if (verb === 'set' || verb === 'match' || verb === 'call') this.maps.get(this.#map)?.push(command);
    if (verb === 'address-family') this.#family = first;
    if (verb === 'network') this.#network(no, words.slice(no ? 2 : 1));
    if (verb === 'neighbor') this.#neighbor(no, first, second, third);
  }

  /** FRR 10.3 does not survive a route map here: it is never given. */
  #network(no: boolean, [prefix = '', ...more]: readonly string[]): void {
    if (more.length > 0) throw new FrrCommandError(more.join(' '), 'a network with a route map ends bgpd of FRR 10.3');
    if (no && !this.networks.delete(prefix)) throw new FrrCommandError(prefix, "Can't find static route specified");
    if (!no) this.networks.add(prefix);
  }

  #neighbor(no: boolean, name: string, what: string, value: string): void {
    if (what === 'remote-as') {
      const families = new Map<string, string | undefined>();
      this.neighbors.set(name, { remoteAs: Number(value), shut: false, established: true, families });
      return;
    }
    const known = this.neighbors.get(name);
    if (known === undefined) throw new FrrCommandError(name, 'Specify remote-as or peer-group commands first');
    if (what === 'shutdown') known.shut = !no;
    if (what === 'activate') known.families.set(this.#family, known.families.get(this.#family));
    if (what === 'route-map') known.families.set(this.#family, value);
  }
}
