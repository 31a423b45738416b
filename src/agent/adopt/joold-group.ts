import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { interfaceIndex } from '../../linux/bpf.ts';

/** Group, port and interface of Jool's session synchronisation. */
export interface JooldPlace {
  readonly group: string;
  readonly port: number;
  /** Its name, in the namespace of the agent. */
  readonly interface: string;
}

export interface GroupListener {
  /** @param from the sender's address, without a zone */
  readonly receive: (datagram: Uint8Array, from: string) => void;
  /** The group cannot be joined, or the socket has failed and is closed. */
  readonly failed: (reason: string) => void;
}

export interface GroupSocket {
  /** Calls back when the kernel has accepted the datagram, or with the error. */
  send(datagram: Uint8Array, done: (error?: Error) => void): void;
  close(): void;
}

export type OpenGroup = (place: JooldPlace, listener: GroupListener) => GroupSocket;

/** As text: `ff08::1 port 6400 on eth1`. */
export function placeText({ group, port, interface: name }: JooldPlace): string {
  return `${group} port ${port} on ${name}`;
}

/**
 * Joins a group as Jool's daemon does: bound to it, so that nothing else is received; sent datagrams stay on the link
 * (hop limit 1) and are not looped back.
 */
export const openGroup: OpenGroup = (place, { receive, failed }) => {
  const { group, port, interface: name } = place;
  const six = group.includes(':');
  const socket = createSocket({ type: six ? 'udp6' : 'udp4', reuseAddr: true });
  const address = six ? `${group}%${name}` : group;
  let closed = false;
  const close = (): void => {
    if (!closed) socket.close();
    closed = true;
  };
  const fail = (error: unknown): void => {
    if (closed) return;
    close();
    failed(error instanceof Error ? error.message : String(error));
  };
  socket.on('error', fail);
  socket.on('message', (datagram, { address: from }) => receive(datagram, from.replace(/%.*$/, '')));
  socket.bind({ port, address }, () => {
    try {
      // An address with the zone of a missing interface would be treated as one without zone: any interface.
      if (interfaceIndex(name) === 0) throw new Error(`there is no interface ${name}`);
      const own = six ? `::%${name}` : ipv4Of(name);
      socket.addMembership(group, own);
      socket.setMulticastInterface(own);
      socket.setMulticastLoopback(false);
      socket.setMulticastTTL(1);
    } catch (error) {
      fail(error);
    }
  });
  socket.unref();
  return {
    send: (datagram, done) => socket.send(datagram, port, address, (error) => done(error ?? undefined)),
    close,
  };
};

/** @throws Error if the interface has no IPv4 address */
function ipv4Of(name: string): string {
  const found = networkInterfaces()[name]?.find(({ family }) => family === 'IPv4');
  if (found === undefined) throw new Error(`${name} is not there or has no IPv4 address`);
  return found.address;
}
