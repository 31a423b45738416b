import { Worker } from 'node:worker_threads';
import type { RunCommand } from '../../linux/command.ts';
import { Tun, TUN_AGAIN } from '../../linux/tun.ts';
import type { RelayThreadStart } from './relay-thread-start.ts';
import { addRelayRules, type RelayedPrefixes, relayRoutes, removeRelayRules } from './relay-routes.ts';

/** A device by which packets of an instance leave the kernel, or come to it. */
export interface RelayDevice {
  /**
   * Reads the next packet to the start of `into`; a longer one loses its end.
   * @returns its length; 0: none waits; negative: an error, perhaps a permanent one
   */
  read(into: Uint8Array): number;
  /** @returns whether the kernel has taken it */
  write(packet: Uint8Array): boolean;
  /** Takes back all that was made for it. Never throws. */
  close(): Promise<void>;
}

/** What a device is opened for. */
export interface RelayPlace {
  readonly namespace: string | undefined;
  readonly relayed: RelayedPrefixes;
  /** `out`: what arrives for the prefixes is led to it. `in`: what is written to it is routed as if it had arrived. */
  readonly direction: 'in' | 'out';
}

/** The kernel cuts and refuses nothing on the way here; as for the TUNs of instances. */
const MTU = 65_535;
/** Packets that wait to be read, some milliseconds at the most that is relayed; the kernel drops what comes beyond. */
const QUEUE = 200;
/** Loose, and for that an address: see RP_FILTER_LOOSE in network-setup.ts. It is set on this device alone. */
const RP_FILTER_LOOSE = '2';
const FILTER_ADDRESS = '127.64.64.1/32';
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 } as const;

/**
 * Opens one. A thread opens the TUN and closes it: both wait for the kernel's lock of interfaces, for which the main
 * loop must not wait.
 * @throws CommandError, SystemCallError; then all is as before
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
    // The header for the kernel stays zero: whole packets, with their checksums.
    return !this.#closed && this.#tun.writePacket(packet.buffer, packet.byteOffset, packet.byteLength) > 0;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#removeRules();
    } catch {
      // They ask an empty table when the device is gone; the next start removes them.
    }
    const ended = new Promise((resolve) => void this.#thread.once('exit', resolve));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage('close');
    await ended;
  }
}

/** The descriptor that the thread has opened. @throws what the thread has thrown */
async function descriptorFrom(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.once('message', (descriptor: number) => resolve(descriptor));
    thread.once('error', reject);
  });
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./relay-main.js', import.meta.url) : new URL('./relay-main.ts', import.meta.url);
}
