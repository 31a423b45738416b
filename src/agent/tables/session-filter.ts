import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { contains6, parsePrefix6, type Prefix6 } from '../../net/prefix.ts';
import { ControlError } from '../control/control-error.ts';
import type { BibEntry, Session, SessionsRequest } from '../control/messages.ts';

interface Endpoint {
  readonly address: string;
  /** undefined: any. */
  readonly port: number | undefined;
}

/** What an operator asked for, read once and then held against each entry. */
export class SessionFilter {
  readonly #protocol: string;
  readonly #client: Prefix6 | undefined;
  readonly #pool4: Endpoint | undefined;
  readonly #remote: Endpoint | undefined;

  /** @throws ControlError for text that is no address */
  constructor({ protocol, client, pool4, remote }: SessionsRequest) {
    this.#protocol = protocol;
    this.#client = client === '' ? undefined : readClient(client);
    this.#pool4 = pool4 === '' ? undefined : readEndpoint(pool4);
    this.#remote = remote === '' ? undefined : readEndpoint(remote);
  }

  matchesBib(entry: Pick<BibEntry, 'protocol' | 'client' | 'pool4' | 'pool4Port'>): boolean {
    return (
      (this.#protocol === '' || this.#protocol === entry.protocol) &&
      isEndpoint(this.#pool4, entry.pool4, entry.pool4Port) &&
      (this.#client === undefined || contains6(this.#client, parseIpv6(entry.client) ?? new Uint8Array(16)))
    );
  }

  matchesSession(session: Session): boolean {
    return isEndpoint(this.#remote, session.remote, session.remotePort) && this.matchesBib(session);
  }
}

function readClient(text: string): Prefix6 {
  const prefix = parsePrefix6(text);
  if (prefix === undefined)
    throw new ControlError(`${text} is neither an IPv6 address nor a prefix, such as 2001:db8::/64`);
  return prefix;
}

function readEndpoint(text: string): Endpoint {
  const match = /^([0-9.]+)(?::(\d{1,5}))?$/.exec(text);
  const address = match?.[1];
  if (address === undefined || parseIpv4(address) === undefined) {
    throw new ControlError(`${text} is not an IPv4 address, with or without a port, such as 192.0.2.1:1024`);
  }
  return { address, port: match?.[2] === undefined ? undefined : Number(match[2]) };
}

function isEndpoint(wanted: Endpoint | undefined, address: string, port: number): boolean {
  return wanted === undefined || (wanted.address === address && (wanted.port === undefined || wanted.port === port));
}
