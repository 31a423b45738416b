/**
 * RFC 6146 section 3.5 with lists of objects: slow, exact in time, and without a line of the translator. Which free
 * port a new mapping gets is the translator's choice; the model learns it, and says which ones it may be.
 */
export type Protocol = 'udp' | 'tcp' | 'icmp';
type State = '' | 'V4 INIT' | 'V6 INIT' | 'ESTABLISHED' | 'V4 FIN' | 'V6 FIN' | 'BOTH FIN' | 'ABORTED' | 'TRANS';

const [FIN, SYN, RST] = [1, 2, 4];

export interface Times {
  readonly tcpEstablished: number;
  readonly tcpTransitory: number;
  readonly tcpIncomingSyn: number;
  readonly udp: number;
  readonly icmp: number;
  readonly portHold: number;
}

export interface Rules {
  readonly times: Times;
  readonly ports: readonly number[];
  readonly addressDependentFiltering: boolean;
  readonly dropExternallyInitiatedTcp: boolean;
}

/** A transport address of an inside host. */
export interface Client {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
}

/** A transport address outside; of ICMP the port counts for nothing. */
export interface Server {
  readonly host: string;
  readonly port: number;
}

interface Session extends Server {
  state: State;
  setAtMs: number;
}

interface Entry extends Client {
  readonly port4: number;
  readonly fixed: boolean;
  sessions: Session[];
  /** When the last of its sessions ended. */
  endedMs: number;
}

interface HeldSyn extends Server {
  readonly port4: number;
  readonly untilMs: number;
}

/** What must become of a packet. */
export interface Expected {
  readonly verdicts: readonly string[];
  /** Of a packet from inside that goes on: the ports that may stand for the client. */
  readonly ports?: readonly number[];
  /** Of a packet from outside that goes on: the client that gets it. */
  readonly client?: Client;
}

const only = (verdict: string): Expected => ({ verdicts: [verdict] });
const isFirstSyn = (flags: number): boolean => (flags & (SYN | RST)) === SYN;
/** A session or a port is looked at each second, so that its end may be noticed somewhat late: ms. */
const NOTICED_AFTER = 4000;

export class Nat64Model {
  readonly #rules: Rules;
  #entries: Entry[] = [];
  /** Entries that have ended, whose ports rest. */
  #resting: Entry[] = [];
  #held: HeldSyn[] = [];
  #nowMs = 0;
  /** Ends of sessions and of entries, for how late they may still be counted. */
  readonly #ends: { readonly what: 'session' | 'entry'; readonly atMs: number }[] = [];
  /** SYNs whose time was up, ever. */
  refusedSyns = 0;

  constructor(rules: Rules, fixed: readonly (Client & { readonly port4: number })[]) {
    this.#rules = rules;
    this.#entries = fixed.map((entry) => ({ ...entry, fixed: true, sessions: [], endedMs: 0 }));
  }

  /** From now on it is this late. */
  pass(nowMs: number): void {
    this.#nowMs = nowMs;
    const due = this.#held.filter(({ untilMs }) => untilMs <= nowMs).length;
    this.refusedSyns += due;
    this.#held = this.#held.filter(({ untilMs }) => untilMs > nowMs);
    for (const entry of this.#entries) entry.sessions = entry.sessions.filter((session) => this.#lives(entry, session));
    const ended = this.#entries.filter(({ fixed, sessions }) => !fixed && sessions.length === 0);
    this.#entries = this.#entries.filter((entry) => !ended.includes(entry));
    this.#ends.push(...ended.map(({ endedMs }) => ({ what: 'entry' as const, atMs: endedMs })));
    this.#resting = [...this.#resting, ...ended].filter((entry) => this.#rests(entry) !== 'no');
  }

  fromClient(client: Client, server: Server, flags: number): Expected {
    const opens = client.protocol !== 'tcp' || isFirstSyn(flags);
    const entry = this.#entries.find((one) => isSame(one, client));
    if (entry === undefined) return opens ? this.#newMapping(client, server) : only('dropped');
    const session = find(entry, server);
    if (session !== undefined) this.#touch(entry, session, 'V6', flags);
    else if (opens) this.#open(entry, server, this.#stateOfFirstSyn(entry, server));
    return { verdicts: ['translated'], ports: [entry.port4] };
  }

  has(client: Client): boolean {
    return this.#entries.some((one) => isSame(one, client));
  }

  /** The translator has given the client this port. */
  learn(client: Client, server: Server, port4: number): void {
    const entry = { ...client, port4, fixed: false, sessions: [], endedMs: 0 };
    this.#entries.push(entry);
    this.#resting = this.#resting.filter((one) => one.protocol !== client.protocol || one.port4 !== port4);
    this.#open(entry, server, this.#stateOfFirstSyn(entry, server));
  }

  fromServer(protocol: Protocol, port4: number, server: Server, flags: number): Expected {
    const { addressDependentFiltering, dropExternallyInitiatedTcp } = this.#rules;
    const first = protocol === 'tcp' && isFirstSyn(flags);
    const entry = this.#entryOf(protocol, port4);
    if (entry === undefined) return first ? this.#hold(port4, server) : only('dropped');
    const passes = { verdicts: ['translated'], client: entry };
    const session = find(entry, server);
    if (session !== undefined) {
      this.#touch(entry, session, 'V4', flags);
      return passes;
    }
    const stranger = addressDependentFiltering && !knows(entry, server);
    if (stranger && !first) return only('error');
    if (protocol === 'tcp' && dropExternallyInitiatedTcp) return only('dropped');
    if (stranger) return this.#hold(port4, server);
    if (protocol !== 'tcp' || first) this.#open(entry, server, protocol === 'tcp' ? 'V4 INIT' : '');
    return passes;
  }

  /** An ICMP error about a packet that went from this mapping to the server. */
  errorAbout(protocol: Protocol, port4: number, server: Server): Expected {
    const entry = this.#entryOf(protocol, port4);
    if (entry === undefined || (this.#rules.addressDependentFiltering && !knows(entry, server))) return only('dropped');
    return { verdicts: ['translated'], client: entry };
  }

  /** The fewest and the most that the translator may count now. */
  countOf(what: 'session' | 'entry'): { readonly least: number; readonly most: number } {
    const least =
      what === 'entry' ? this.#entries.length : this.#entries.reduce((sum, { sessions }) => sum + sessions.length, 0);
    const late = this.#ends.filter((end) => end.what === what && end.atMs > this.#nowMs - NOTICED_AFTER).length;
    return { least, most: least + late };
  }

  #newMapping(client: Client, server: Server): Expected {
    const { protocol } = client;
    const { ports } = this.#rules;
    if (protocol === 'tcp') {
      const wanted = this.#held.find(
        (syn) => isOf(syn, server) && ports.includes(syn.port4) && this.#isFree(syn.port4),
      );
      const maybe = this.#held.some((syn) => isOf(syn, server) && this.#mayBeFree('tcp', syn.port4));
      if (wanted !== undefined) return { verdicts: ['translated'], ports: [wanted.port4] };
      if (maybe) return { verdicts: ['translated', 'error'], ports };
    }
    const own = this.#resting.find((one) => isSame(one, client));
    if (own !== undefined && this.#rests(own) === 'yes') return { verdicts: ['translated'], ports: [own.port4] };
    const free = ports.filter((port) => this.#mayBeFree(protocol, port)).concat(own === undefined ? [] : [own.port4]);
    const certain = ports.some(
      (port) => this.#entryOf(protocol, port) === undefined && !this.#isResting(protocol, port),
    );
    if (free.length === 0) return only('error');
    return { verdicts: certain ? ['translated'] : ['translated', 'error'], ports: free };
  }

  #isFree(port4: number): boolean {
    return this.#entryOf('tcp', port4) === undefined && !this.#isResting('tcp', port4);
  }

  #isResting(protocol: Protocol, port4: number): boolean {
    return this.#resting.some((one) => one.protocol === protocol && one.port4 === port4);
  }

  #mayBeFree(protocol: Protocol, port4: number): boolean {
    if (this.#entryOf(protocol, port4) !== undefined) return false;
    const resting = this.#resting.find((one) => one.protocol === protocol && one.port4 === port4);
    return resting === undefined || this.#rests(resting) === 'maybe';
  }

  #rests({ endedMs }: Entry): 'yes' | 'maybe' | 'no' {
    const sinceMs = this.#nowMs - endedMs - this.#rules.times.portHold;
    return sinceMs < 0 ? 'yes' : sinceMs <= NOTICED_AFTER ? 'maybe' : 'no';
  }

  #entryOf(protocol: Protocol, port4: number): Entry | undefined {
    return this.#entries.find((one) => one.protocol === protocol && one.port4 === port4);
  }

  #hold(port4: number, server: Server): Expected {
    const { dropExternallyInitiatedTcp, ports, times } = this.#rules;
    if (dropExternallyInitiatedTcp || !ports.includes(port4)) return only('dropped');
    if (!this.#held.some((one) => one.port4 === port4 && isOf(one, server)))
      this.#held.push({ ...server, port4, untilMs: this.#nowMs + times.tcpIncomingSyn });
    return only('held');
  }

  #stateOfFirstSyn({ protocol, port4 }: Entry, server: Server): State {
    if (protocol !== 'tcp') return '';
    const met = this.#held.find((one) => one.port4 === port4 && isOf(one, server));
    this.#held = this.#held.filter((one) => one !== met);
    return met === undefined ? 'V6 INIT' : 'ESTABLISHED';
  }

  #open(entry: Entry, { host, port }: Server, state: State): void {
    entry.sessions.push({ host, port: entry.protocol === 'icmp' ? 0 : port, state, setAtMs: this.#nowMs });
  }

  /** Section 3.5.2.2, for every state but CLOSED. */
  #touch({ protocol }: Entry, session: Session, side: 'V4' | 'V6', flags: number): void {
    const before = session.state;
    const [fin, syn, rst] = [FIN, SYN, RST].map((flag) => (flags & flag) !== 0);
    const other = side === 'V4' ? 'V6' : 'V4';
    let refreshes = true;
    if (protocol === 'tcp') {
      if (before === 'V4 INIT' || before === 'V6 INIT') {
        const answered = syn && before === `${other} INIT`;
        if (answered) session.state = 'ESTABLISHED';
        refreshes = answered || (syn && before === 'V6 INIT');
      } else if (before === 'ESTABLISHED') {
        if (rst) session.state = 'TRANS';
        else if (fin) session.state = `${side} FIN`;
        refreshes = rst || !fin;
      } else if (before === 'TRANS') {
        if (!rst) session.state = 'ESTABLISHED';
        refreshes = !rst;
      } else if (before === 'BOTH FIN') {
        refreshes = false;
      } else if (before === 'ABORTED') {
        refreshes = !rst;
      } else if (rst) {
        session.state = 'ABORTED';
      } else if (fin && before === `${other} FIN`) {
        session.state = 'BOTH FIN';
      }
    }
    if (refreshes) session.setAtMs = this.#nowMs;
  }

  #lives(entry: Entry, session: Session): boolean {
    for (;;) {
      const endMs = session.setAtMs + this.#lifetime(entry, session);
      if (this.#nowMs < endMs) return true;
      if (session.state !== 'ESTABLISHED') {
        this.#ends.push({ what: 'session', atMs: endMs });
        entry.endedMs = Math.max(entry.endedMs, endMs);
        return false;
      }
      session.state = 'TRANS';
      session.setAtMs = endMs;
    }
  }

  #lifetime({ protocol }: Entry, { state }: Session): number {
    const { times } = this.#rules;
    if (protocol !== 'tcp') return times[protocol];
    return state === 'ESTABLISHED' || state === 'V4 FIN' || state === 'V6 FIN'
      ? times.tcpEstablished
      : times.tcpTransitory;
  }
}

function isSame(one: Client, other: Client): boolean {
  return one.protocol === other.protocol && one.host === other.host && one.port === other.port;
}

function isOf(one: Server, other: Server): boolean {
  return one.host === other.host && one.port === other.port;
}

function find({ protocol, sessions }: Entry, { host, port }: Server): Session | undefined {
  return sessions.find((one) => one.host === host && (protocol === 'icmp' || one.port === port));
}

function knows({ sessions }: Entry, { host }: Server): boolean {
  return sessions.some((one) => one.host === host);
}
