import type { BootedTree } from './booted-tree.ts';

const PORT = 7777;

export interface EchoEnds {
  /** Namespaces of the machine that client and server live in, and their addresses. */
  readonly client: string;
  readonly server: string;
  readonly client6: string;
  readonly server4: string;
}

/**
 * TCP connections through a gateway on which a client writes a number five times a second, and reads what the server
 * sends back: all of it, in order, for as long as none breaks.
 */
export class EchoConnections {
  readonly #machine: BootedTree;
  readonly #ends: EchoEnds;
  #open = 0;

  constructor(machine: BootedTree, ends: EchoEnds) {
    this.#machine = machine;
    this.#ends = ends;
  }

  async listen(): Promise<void> {
    const { server, server4 } = this.#ends;
    const listener = `TCP4-LISTEN:${PORT},bind=${server4},fork,reuseaddr`;
    await this.#machine.shell(
      `rm -f /run/echo-*; systemd-run -q --unit=echo-server ip netns exec ${server} socat ${listener} EXEC:cat`,
    );
  }

  /** Opens one more, and returns when something has come back on it. */
  async open(): Promise<void> {
    const name = `echo-${this.#open++}`;
    const { client, client6, server4 } = this.#ends;
    const next = `echo $i; echo $i >/run/${name}.sent; i=$((i+1)); sleep 0.2`;
    // It waits for what is still on its way when all is written.
    const connect = `socat -t 120 - "TCP6:[64:ff9b::${server4}]:${PORT},bind=[${client6}]"`;
    const script = `i=0; while [ ! -e /run/echo-end ]; do ${next}; done | ${connect} >/run/${name}\n`;
    this.#machine.write(`var/tmp/${name}.sh`, script);
    await this.#machine.shell(`systemd-run -q --unit=${name} ip netns exec ${client} sh /var/tmp/${name}.sh`);
    await this.flowing(1);
  }

  /** Waits until that many more numbers have come back on each. */
  async flowing(count: number): Promise<void> {
    const goals = (await this.#answered()).map((seen) => seen + count);
    await this.#machine.until(`${count} more answers on each of ${this.#open} connections`, async () => {
      const seen = await this.#answered();
      return goals.every((goal, at) => (seen[at] ?? 0) >= goal);
    });
  }

  /** Ends all. @returns what is wrong with each that broke, lost or changed something */
  async close(): Promise<string[]> {
    await this.#machine.shell('touch /run/echo-end');
    const wrong: string[] = [];
    for (let at = 0; at < this.#open; at++) {
      await this.#machine.until(`connection ${at} to end`, async () => {
        return (await this.#machine.run(['systemctl', 'is-active', `echo-${at}`])).stdout.trim() !== 'active';
      });
      const lines = await this.#machine.shell(`cat /run/echo-${at}; cat /run/echo-${at}.sent`);
      const numbers = lines.split('\n').map(Number);
      const last = numbers.pop() ?? -1;
      const whole = numbers.length === last + 1 && numbers.every((number, index) => number === index);
      if (!whole) wrong.push(`connection ${at}: ${last + 1} written, came back: ${numbers.slice(-5).join(' ')}`);
    }
    await this.#machine.shell('systemctl stop echo-server; systemctl reset-failed');
    this.#open = 0;
    return wrong;
  }

  async #answered(): Promise<number[]> {
    const counts: number[] = [];
    for (let at = 0; at < this.#open; at++) {
      const { stdout } = await this.#machine.run(['sh', '-c', `wc -l </run/echo-${at} || echo 0`]);
      counts.push(Number(stdout.trim()));
    }
    return counts;
  }
}
