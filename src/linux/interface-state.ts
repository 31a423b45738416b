import { checked, errno, libc, SystemCallError } from './libc.ts';
import { LITTLE_ENDIAN } from './tun.ts';

/** linux/sockios.h, linux/if.h */
const SIOCGIFFLAGS = 0x8913;
const SIOCGIFINDEX = 0x8933;
const SIOCGIFHWADDR = 0x8927;
const SIOCGIFNAME = 0x8910;
const IFF_UP = 0x1;
const IFF_RUNNING = 0x40;
/** struct ifreq: the name (16 bytes), then the value, in host order. */
const IFREQ_SIZE = 40;
const IFNAMSIZ = 16;

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const ENODEV = 19;

export interface InterfaceState {
  readonly index: number;
  /** Administratively up. */
  readonly up: boolean;
  /** Up and with carrier (RFC 2863 operational state). */
  readonly running: boolean;
}

/** Queries interfaces of the network namespace that the thread was in at construction (netdevice(7)). */
export class InterfaceQuery {
  readonly #fd = checked(libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), 'socket', 'netdevice');

  /** @returns undefined: there is no such interface. @throws SystemCallError */
  state(name: string): InterfaceState | undefined {
    const flags = this.#ask(SIOCGIFFLAGS, name);
    const index = this.#ask(SIOCGIFINDEX, name);
    if (flags === undefined || index === undefined) return undefined;
    const bits = flags.getInt16(IFNAMSIZ, LITTLE_ENDIAN);
    return {
      index: index.getInt32(IFNAMSIZ, LITTLE_ENDIAN),
      up: (bits & IFF_UP) !== 0,
      running: (bits & IFF_RUNNING) !== 0,
    };
  }

  /** ARPHRD_… of linux/if_arp.h: 1 is Ethernet. undefined: there is no such interface. @throws SystemCallError */
  hardwareType(name: string): number | undefined {
    return this.#ask(SIOCGIFHWADDR, name)?.getUint16(IFNAMSIZ, LITTLE_ENDIAN);
  }

  /** undefined: no interface has this index. @throws SystemCallError */
  nameOf(index: number): string | undefined {
    const argument = new Uint8Array(IFREQ_SIZE);
    new DataView(argument.buffer).setInt32(IFNAMSIZ, index, LITTLE_ENDIAN);
    if (libc.ioctl(this.#fd, SIOCGIFNAME, argument) < 0) {
      const number = errno();
      if (number === ENODEV) return undefined;
      throw new SystemCallError('ioctl', `interface ${index}`, number);
    }
    const name = Buffer.from(argument.buffer, 0, IFNAMSIZ);
    return name.toString('utf8', 0, name.indexOf(0));
  }

  close(): void {
    libc.close(this.#fd);
  }

  #ask(request: number, name: string): DataView | undefined {
    const text = Buffer.from(name);
    if (text.length === 0 || text.length >= IFNAMSIZ) return undefined;
    const argument = new Uint8Array(IFREQ_SIZE);
    argument.set(text);
    if (libc.ioctl(this.#fd, request, argument) >= 0) return new DataView(argument.buffer);
    const number = errno();
    if (number === ENODEV) return undefined;
    throw new SystemCallError('ioctl', name, number);
  }
}
