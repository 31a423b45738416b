import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../net/ip-headers.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { networkOf4, networkOf6 } from '../../net/prefix.ts';
import { ANY_PORT, EVERYTHING, type TableFilter } from '../../translator/nat64/tables/table-filter.ts';
import { ControlError } from '../control/control-error.ts';
import type { SessionsRequest } from '../control/messages.ts';

const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['tcp', PROTOCOL_TCP],
  ['udp', PROTOCOL_UDP],
  ['icmp', PROTOCOL_ICMP],
]);
const HIGHEST_PORT = 65_535;

/**
 * Converts an operator's request to a table filter. Host bits after a prefix length are cleared.
 * @throws ControlError for invalid addresses, prefixes or ports
 */
export function readFilter({
  protocol,
  client,
  pool4,
  remote,
  owner,
  outsidePool4,
}: Omit<SessionsRequest, 'instance' | 'limit' | 'countOnly'>): TableFilter {
  return {
    ...EVERYTHING,
    protocol: protocol === '' ? 0 : protocolNumber(protocol),
    ...(client === '' ? {} : readClient(client)),
    ...(pool4 === '' ? {} : named('pool4', readIpv4(pool4))),
    ...(remote === '' ? {} : named('remote', readIpv4(remote))),
    owner,
    outsidePool4,
  };
}

/** @throws ControlError */
export function protocolNumber(name: string): number {
  const number = PROTOCOLS.get(name);
  if (number === undefined) throw new ControlError(`${name} is not a protocol; there are: tcp, udp, icmp`);
  return number;
}

function readClient(text: string): Pick<TableFilter, 'client' | 'clientLength' | 'clientPort'> {
  const match = /^\[(.*)\]:(\d+)$/.exec(text);
  const [address, port] = match === null ? [text, undefined] : [match[1] ?? '', match[2]];
  const [host, length] = splitLength(address, 128);
  const bytes = parseIpv6(host);
  if (bytes === undefined || length === undefined) {
    throw new ControlError(
      `${text} is not an IPv6 address, with or without a port, nor a prefix; ` +
        'such as 2001:db8::1, [2001:db8::1]:40000 or 2001:db8::/64',
    );
  }
  return { client: wordsOf(networkOf6(bytes, length)), clientLength: length, clientPort: readPort(port) };
}

interface Endpoint {
  readonly address: number;
  readonly length: number;
  readonly port: number;
}

function named(name: 'pool4' | 'remote', { address, length, port }: Endpoint): Partial<TableFilter> {
  return { [name]: address, [`${name}Length`]: length, [`${name}Port`]: port };
}

function readIpv4(text: string): Endpoint {
  const match = /^([^:]*)(?::(\d+))?$/.exec(text);
  const [host, length] = splitLength(match?.[1] ?? '', 32);
  const address = parseIpv4(host);
  if (address === undefined || length === undefined) {
    throw new ControlError(
      `${text} is not an IPv4 address, with or without a port, nor a prefix; ` +
        'such as 192.0.2.1, 192.0.2.1:1024 or 192.0.2.0/24',
    );
  }
  return { address: networkOf4(address, length), length, port: readPort(match?.[2]) };
}

/** @returns length undefined if it is invalid */
function splitLength(text: string, longest: number): [string, number | undefined] {
  const [host = '', length, ...rest] = text.split('/');
  if (length === undefined) return [host, longest];
  const number = Number(length);
  return [host, rest.length === 0 && /^\d{1,3}$/.test(length) && number <= longest ? number : undefined];
}

function readPort(text: string | undefined): number {
  if (text === undefined) return ANY_PORT;
  const port = Number(text);
  if (port > HIGHEST_PORT) throw new ControlError(`${text} is not a port; ports are 0 to ${HIGHEST_PORT}`);
  return port;
}

function wordsOf(bytes: Uint8Array): TableFilter['client'] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}
