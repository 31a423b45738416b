import { Worker } from 'node:worker_threads';
import type { RunCommand } from '../../linux/command.ts';
import { Tun, TUN_AGAIN } from '../../linux/tun.ts';
import type { RelayThreadStart } from './relay-thread-start.ts';
import { addRelayRules, type RelayedPrefixes, relayRoutes, removeRelayRules } from './relay-routes.ts';

/** A device for packets of an instance that leave or enter the kernel. */
export interface RelayDevice {
  /**
   * Reads the next packet to the start of `into`; a longer one is truncated.
   * @returns its length; 0: there is none; negative: an error, perhaps a permanent one
   */
  read(into: Uint8Array): number;
  /** @returns whether the kernel accepted it */
  write(packet: Uint8Array): boolean;
  /** Undoes everything made for it. Never throws. */
  close(): Promise<void>;
}

/** Purpose of a device. */
export interface RelayPlace {
  readonly namespace: string | undefined;
  readonly relayed: RelayedPrefixes;
  /**
   * `out`: packets that arrive for the prefixes are routed to it. `in`: packets written to it are routed as if
   * received.
   */
  readonly direction: 'in' | 'out';
}

/** The maximum, so that the kernel neither fragments nor rejects packets, as for the TUNs of instances. */
const MTU = 65_535;
/** Queue length, packets: some milliseconds at the maximum relay rate; the kernel drops the excess. */
const QUEUE = 200;
/** Loose, which needs an address: see RP_FILTER_LOOSE in network-setup.ts. It is set on this device alone. */
const RP_FILTER_LOOSE = '2';
const FILTER_ADDRESS = '127.64.64.1/32';
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 } as const;

/**
 * Opens a device. A separate thread opens and closes the TUN, because both block on the kernel's rtnl lock.
 * @throws CommandError, SystemCallError; nothing is changed then
 */
export async function openRelayDevice(place: RelayPlace, run: RunCommand): Promise<RelayDevice> {
  const { namespace, relayed, direction } = place;
  const name = `isthmus-${direction}${relayed.number}`;
  const thread = new Worker(entryPoint(), {
    name: 'isthmus relay',
    workerData: { namespace, name } satisfies RelayThreadStart,
    execArgv: [],
    resourceLimits: RESOURCE_LIMITS,
  });
  thread.unref();
  const device = new TunRelayDevice(await descriptorFrom(thread), name, thread, async () => {
    if (direction === 'out') await removeRelayRules(namespace, run, relayed.number);
  });
  try {
    const commands = [
      `link set dev ${name} addrgenmode none mtu ${MTU} txqueuelen ${QUEUE} up`,
      `addr replace ${FILTER_ADDRESS} dev ${name} scope host`,
      ...(direction === 'out' ? relayRoutes(relayed, name) : []),
    ];
    await run(['ip', '-batch', '-'], { namespace, input: `${commands.join('\n')}\n` });
    if (direction === 'out') await addRelayRules(relayed, namespace, run);
    else await run(['tee', `/proc/sys/net/ipv4/conf/${name}/rp_filter`], { namespace, input: `${RP_FILTER_LOOSE}\n` });
  } catch (error) {
    await device.close();
    throw error;
  }
  return device;
}

class TunRelayDevice implements RelayDevice {
  readonly #tun: Tun;
  readonly #thread: Worker;
  readonly #removeRules: () => Promise<void>;
  #closed = false;

  constructor(descriptor: number, name: string, thread: Worker, removeRules: () => Promise<void>) {
    this.#tun = Tun.adopt(descriptor, name, []);
    this.#thread = thread;
    this.#removeRules = removeRules;
  }

  read(into: Uint8Array): number {
    if (this.#closed) return 0;
    const length = this.#tun.readPacket(into.buffer, into.byteOffset, into.byteLength);
    return length === TUN_AGAIN ? 0 : length;
  }

  write(packet: Uint8Array): boolean {
    // The virtio-net header stays zero: complete packets, with their checksums.
    return !this.#closed && this.#tun.writePacket(packet.buffer, packet.byteOffset, packet.byteLength) > 0;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#removeRules();
    } catch {
      // Leftover rules look up an empty table once the device is gone; the next start removes them.
    }
    const ended = new Promise((resolve) => void this.#thread.once('exit', resolve));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage('close');
    await ended;
  }
}

/** The descriptor that the thread has opened. @throws the error of the thread */
async function descriptorFrom(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.once('message', (descriptor: number) => resolve(descriptor));
    thread.once('error', reject);
  });
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./relay-main.js', import.meta.url) : new URL('./relay-main.ts', import.meta.url);
}
