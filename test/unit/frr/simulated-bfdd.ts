import { type DaemonShell, FrrCommandError } from '../../../src/frr/daemon-shell.ts';
import { FrrNotRunningError, FrrTimeoutError } from '../../../src/frr/vty-connection.ts';

interface Peer {
  shut: boolean;
  readonly interface: string | undefined;
  readonly timers: Map<string, number>;
}

/**
 * A bfdd that understands the commands which Isthmus sends, and shows what it has as FRR 8.4 does. It can be told to
 * take commands without effect, to show their effect late, to refuse them, to hang, to forget what it was told, and to
 * end. `routerHears` is what the router would see: a peer that is open and to which packets leave.
 */
export class SimulatedBfdd implements DaemonShell {
  readonly socketPath = '/run/frr/bfdd.vty';
  readonly peers = new Map<string, Peer>();
  readonly transactions: string[][] = [];
  running = true;
  hanging = false;
  /** Commands that begin like this are taken and have no effect. */
  deafTo = '';
  /** Commands that begin like this are refused. */
  refuses = '';
  /** So many answers after a transaction still show what was before it. */
  late = 0;
  /** What it shows of an open peer. */
  status: { readonly status: string; readonly diagnostic?: string; readonly 'remote-diagnostic'?: string } = {
    status: 'up',
  };
  #lateAnswers = 0;
  #shown = '[]';
  #peer: Peer | undefined;

  async configure(commands: readonly string[]): Promise<void> {
    this.#answer();
    this.#shown = this.#json();
    this.#lateAnswers = this.late;
    this.transactions.push([...commands]);
    for (const command of commands) {
      if (this.refuses !== '' && command.startsWith(this.refuses)) throw new FrrCommandError(command, 'refused');
      if (this.deafTo !== '' && command.startsWith(this.deafTo)) continue;
      this.#take(command);
    }
  }

  async show(command: string): Promise<string> {
    this.#answer();
    if (command !== 'show bfd peers json') throw new FrrCommandError(command, 'unknown command');
    if (this.#lateAnswers > 0) {
      this.#lateAnswers--;
      return this.#shown;
    }
    return this.#json();
  }

  /** It ends and is started again, with what its file says. */
  restart(file: Readonly<Record<string, { readonly shut: boolean }>> = {}): void {
    this.running = true;
    this.peers.clear();
    for (const [address, { shut }] of Object.entries(file)) {
      this.peers.set(address, { shut, interface: undefined, timers: new Map() });
    }
  }

  get open(): string[] {
    return [...this.peers].filter(([, { shut }]) => !shut).map(([address]) => address);
  }

  close(): void {
    // Nothing is open.
  }

  #answer(): void {
    if (!this.running) throw new FrrNotRunningError('no such socket');
    if (this.hanging) throw new FrrTimeoutError('bfdd has not answered');
  }

  #json(): string {
    return JSON.stringify(
      [...this.peers].map(([peer, { shut, interface: name, timers }]) =>
        Object.assign(Object.fromEntries(timers), {
          peer,
          interface: name,
          multihop: false,
          vrf: 'default',
          ...(shut ? { status: 'shutdown' } : this.status),
        }),
      ),
    );
  }

  #take(command: string): void {
    const no = command.startsWith('no ');
    const [verb, first = '', ...rest] = (no ? command.slice(3) : command).split(' ');
    if (verb === 'peer') {
      const at = rest.indexOf('interface');
      if (no) {
        if (!this.peers.delete(first)) throw new FrrCommandError(command, 'does not exist');
        return;
      }
      this.#peer = this.peers.get(first) ?? {
        shut: false,
        interface: at < 0 ? undefined : rest[at + 1],
        timers: new Map(),
      };
      this.peers.set(first, this.#peer);
    } else if (verb === 'shutdown' && this.#peer !== undefined) {
      this.#peer.shut = !no;
    } else if (verb?.includes('-')) {
      this.#peer?.timers.set(verb, Number(first));
    }
  }
}
