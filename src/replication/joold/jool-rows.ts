import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { JOOLD_PROTOCOLS, JOOLD_STATES, type JooldSession, type JooldTimer } from './joold-session.ts';

/*
 * Output of `jool session display --csv --numeric`:
 *
 *     TCP,2001:db8::5,45015,64:ff9b::c633:6403,8,192.0.2.1,10028,198.51.100.3,8,1:59:19.772,ESTABLISHED
 *     protocol, client, port, server in IPv6, port, pool4, port, server, port, time left, state of TCP
 */

/** The row's session; undefined for the header line and empty lines; else a sentence on the error. */
export function parseSessionRow(line: string): JooldSession | string | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('Protocol,')) return undefined;
  const fields = text.split(',');
  const [protocolText = '', client6 = '', clientPort, server6Text = '', , pool, poolPort, server, serverPort] = fields;
  const [left = '', stateText = ''] = fields.slice(9);
  if (fields.length < 10 || fields.length > 11) return `${fields.length} fields, and 10 or 11 are needed`;
  const protocol = JOOLD_PROTOCOLS.find((one) => one === protocolText.toLowerCase());
  if (protocol === undefined) return `${JSON.stringify(protocolText)} is neither TCP, UDP nor ICMP`;
  const [client, server6] = [parseIpv6(client6), parseIpv6(server6Text)];
  const [pool4, server4] = [parseIpv4(pool ?? ''), parseIpv4(server ?? '')];
  if (client === undefined || server6 === undefined || pool4 === undefined || server4 === undefined) {
    return 'not all addresses are numbers; write the table with --numeric';
  }
  const ports = [clientPort, poolPort, serverPort].map(portOf);
  const [clientNumber, pool4Number, serverNumber] = ports;
  if (clientNumber === undefined || pool4Number === undefined || serverNumber === undefined) {
    return 'not all ports are numbers up to 65535; write the table with --numeric';
  }
  const lifetimeMs = timeOf(left);
  if (lifetimeMs === undefined) return `${JSON.stringify(left)} is no time; h:mm:ss or h:mm:ss.mmm is needed`;
  const state = protocol === 'tcp' ? JOOLD_STATES.find((one) => one === stateText) : 'ESTABLISHED';
  if (state === undefined) return `${JSON.stringify(stateText)} is no state of TCP`;
  const numbers = { clientPort: clientNumber, pool4Port: pool4Number, serverPort: serverNumber };
  const addresses = { client, pool4, server4, server6 };
  return { protocol, ...addresses, ...numbers, state, timer: timerOf(state), lifetimeMs };
}

/** The table does not show timers. */
function timerOf(state: JooldSession['state']): JooldTimer {
  return state === 'ESTABLISHED' || state === 'V4_FIN_RCV' || state === 'V6_FIN_RCV' ? 'EST' : 'TRANS';
}

function portOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

/** `1:59:19.772` or `0:04:00`, as milliseconds. */
function timeOf(text: string): number | undefined {
  const match = /^(\d{1,5}):([0-5]\d):([0-5]\d)(?:\.(\d{3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, ms = '0'] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}
