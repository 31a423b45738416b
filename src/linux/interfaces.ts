import { attributesOf, LITTLE_ENDIAN, Netlink, textOf } from './netlink.ts';

/*
 * struct ifinfomsg, 16 bytes: 0 family  2 hardware type  4 index  8 flags  12 changed flags
 */
const IFINFOMSG_SIZE = 16;
const RTM_GETLINK = 18;
const IFLA_IFNAME = 3;
const IFLA_MASTER = 10;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const IFF_UP = 0x1;
const MAX_INTERFACES = 4096;

export interface NetworkInterface {
  readonly index: number;
  readonly name: string;
  /** ARPHRD_… of linux/if_arp.h: 1 is Ethernet. */
  readonly hardwareType: number;
  readonly up: boolean;
  /** Index of the bond or bridge that it belongs to; 0: none. */
  readonly master: number;
  /** `veth`, `vlan`, `bond`; empty: a network card. */
  readonly kind: string;
}

/** All interfaces of the network namespace of `netlink`. @throws SystemCallError */
function networkInterfaces(netlink: Netlink): NetworkInterface[] {
  return netlink.dump(RTM_GETLINK, new Uint8Array(IFINFOMSG_SIZE), MAX_INTERFACES).map((message) => {
    const attributes = attributesOf(message, IFINFOMSG_SIZE);
    const [name, master, info] = [IFLA_IFNAME, IFLA_MASTER, IFLA_LINKINFO].map((type) => attributes.get(type));
    const kind = info === undefined ? undefined : attributesOf(info, 0).get(IFLA_INFO_KIND);
    return {
      index: message.getInt32(4, LITTLE_ENDIAN),
      name: name === undefined ? '' : textOf(name),
      hardwareType: message.getUint16(2, LITTLE_ENDIAN),
      up: (message.getUint32(8, LITTLE_ENDIAN) & IFF_UP) !== 0,
      master: master === undefined ? 0 : master.getUint32(0, LITTLE_ENDIAN),
      kind: kind === undefined ? '' : textOf(kind),
    };
  });
}

/** All interfaces of the thread's current network namespace. @throws SystemCallError */
export function interfacesHere(): NetworkInterface[] {
  const netlink = new Netlink();
  try {
    return networkInterfaces(netlink);
  } finally {
    netlink.close();
  }
}
