import { type DaemonShell, FrrCommandError } from '../../../src/frr/daemon-shell.ts';
import { FrrNotRunningError } from '../../../src/frr/vty-connection.ts';

interface Neighbor {
  remoteAs: number;
  shut: boolean;
  established: boolean;
}

/** A bgpd that understands the commands which Isthmus sends, and shows what it has as FRR 8.4 does. */
export class SimulatedBgpd implements DaemonShell {
  readonly socketPath = '/run/frr/bgpd.vty';
  readonly neighbors = new Map<string, Neighbor>();
  /** Prefix → route map. */
  readonly networks = new Map<string, string>();
  /** Route map → MED. */
  readonly maps = new Map<string, number>();
  readonly transactions: string[][] = [];
  running = true;
  /** Commands that begin like this are taken and have no effect. */
  deafTo = '';
  asn = 64512;
  #map = '';

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
    if (command === 'show bgp summary json') return JSON.stringify({ ipv4Unicast: { peers: this.#peers() } });
    const prefix = /^show bgp (?:ipv4|ipv6) unicast (\S+) json$/.exec(command)?.[1];
    if (prefix === undefined) throw new FrrCommandError(command, 'unknown command');
    const map = this.networks.get(prefix);
    if (map === undefined) return '{}';
    const told = [...this.neighbors].filter(([, { established, shut }]) => established && !shut);
    const advertisedTo = Object.fromEntries(told.map(([name]) => [name, {}]));
    return JSON.stringify({ prefix, advertisedTo, paths: [{ sourced: true, metric: this.maps.get(map) ?? 0 }] });
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

  #take(command: string): void {
    const words = command.split(' ');
    const no = words[0] === 'no';
    const [verb, first = '', second = '', third = ''] = no ? words.slice(1) : words;
    if (verb === 'router' && Number(second) !== this.asn) throw new FrrCommandError(command, 'BGP is already running');
    if (verb === 'route-map') this.#map = first;
    if (verb === 'set' && first === 'metric') this.maps.set(this.#map, Number(second));
    if (verb === 'network') this.#network(no, first, third);
    if (verb === 'neighbor') this.#neighbor(no, first, second, third);
  }

  #network(no: boolean, prefix: string, map: string): void {
    if (no && !this.networks.delete(prefix)) throw new FrrCommandError(prefix, "Can't find static route specified");
    if (no) return;
    if (!this.maps.has(map)) throw new FrrCommandError(map, 'there is no such route map');
    this.networks.set(prefix, map);
  }

  #neighbor(no: boolean, name: string, what: string, value: string): void {
    if (what === 'remote-as') {
      this.neighbors.set(name, { remoteAs: Number(value), shut: false, established: true });
      return;
    }
    const known = this.neighbors.get(name);
    if (known === undefined) throw new FrrCommandError(name, 'Specify remote-as or peer-group commands first');
    if (what === 'shutdown') known.shut = !no;
  }
}
