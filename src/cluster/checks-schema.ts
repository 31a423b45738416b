import { z } from 'zod';
import { address, duration, interfaceName, interval, name, port, someTime } from './values.ts';

/** The part `checks` of the cluster file: what each node looks at, how often, and what a failure does. */

const effect = z.enum(['withdraw', 'degrade', 'off']);
const count = z.number().int().min(1).max(100);
const percent = z.number().min(1).max(100);

interface Defaults {
  readonly effect: z.output<typeof effect>;
  readonly interval: string;
  readonly timeout: string;
  readonly rise?: number;
  readonly fall?: number;
}

/** What every check has, with defaults of its own. */
function rules({ effect: usual, interval: every, timeout, rise = 2, fall = 2 }: Defaults) {
  return {
    effect: effect
      .default(usual)
      .describe('What a failure does: take the node out, be shown as a problem, or nothing is looked at'),
    interval: interval.prefault(every).describe('Between the beginnings of two looks'),
    timeout: someTime.prefault(timeout).describe('A look that takes longer has failed'),
    rise: count.default(rise).describe('Good looks in a row until it passes again'),
    fall: count.default(fall).describe('Bad looks in a row until it fails'),
  };
}

const upstreamTarget = z
  .strictObject({
    ...rules({ effect: 'withdraw', interval: '1s', timeout: '900ms', rise: 2, fall: 4 }),
    address: address.describe('What must answer; IPv4 is reached through the instance that serves it'),
    port: port.min(1).optional().describe('A TCP port to connect to; absent: ICMP echo'),
    namespace: name
      .optional()
      .describe('Where to look from; default: the namespace of the instance, else of the first one'),
    nodes: z.array(name).min(1).optional().describe('Nodes that look; default: all'),
  })
  .describe('Reachability of what lies behind the routers. A failure that all nodes share takes none of them out');

const exec = z
  .strictObject({
    ...rules({ effect: 'degrade', interval: '10s', timeout: '5s', rise: 2, fall: 4 }),
    command: z.array(z.string().min(1)).min(1).describe('Program and arguments, without a shell; status 0 is good'),
    shared: z.boolean().default(true).describe('A failure that all nodes share takes none of them out'),
    nodes: z.array(name).min(1).optional().describe('Nodes that run it; default: all'),
  })
  .describe('Commands of the site');

export const checks = z.strictObject({
  worker: z
    .strictObject({
      effect: effect.default('withdraw').describe('What a failure does'),
      limit: someTime.prefault('500ms').describe('A worker that has not turned for so long does not translate'),
    })
    .prefault({}),
  tun: z
    .strictObject(rules({ effect: 'withdraw', interval: '250ms', timeout: '2s', rise: 2, fall: 1 }))
    .describe('The TUN and its routes. What is wrong is put right at once; the node goes out while another one serves')
    .prefault({}),
  translation: z
    .strictObject(rules({ effect: 'withdraw', interval: '500ms', timeout: '450ms', rise: 2, fall: 3 }))
    .describe('A packet of its own, through the translator and back; takes the node out only after it has passed once')
    .prefault({}),
  carrier: z
    .strictObject({
      ...rules({ effect: 'withdraw', interval: '200ms', timeout: '1s' }),
      interfaces: z
        .array(interfaceName)
        .default([])
        .describe(
          'Default: the interfaces of the BFD peers. The node goes out when none of them has a carrier and another node serves',
        ),
      namespace: name.optional().describe('Where they are; default: the namespace of the first instance'),
    })
    .prefault({}),
  frr: z
    .strictObject(rules({ effect: 'withdraw', interval: '500ms', timeout: '900ms' }))
    .describe('The FRR daemons that upstreams need answer. A failure that all nodes share takes none of them out')
    .prefault({}),
  replication: z
    .strictObject(rules({ effect: 'degrade', interval: '1s', timeout: '900ms', rise: 1, fall: 10 }))
    .describe('The digests agree with every living node')
    .prefault({}),
  pool4: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '5s', timeout: '1s', rise: 2, fall: 1 }),
      limit: percent
        .default(90)
        .describe('Percent of the ports of this node from which on the pool counts as nearly used up'),
    })
    .prefault({}),
  eventLoop: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '1s', timeout: '5s', rise: 5, fall: 3 }),
      limit: someTime.prefault('200ms').describe('How late the main loop may be'),
    })
    .prefault({}),
  memory: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '5s', timeout: '1s' }),
      limit: percent
        .default(85)
        .describe('Percent of the limit of its control group, else of the memory of the machine'),
    })
    .prefault({}),
  upstreams: z.record(name, upstreamTarget).default({}),
  exec: z.record(name, exec).default({}),
});

/** When a node may announce, and how long it stays out. */
export const states = z.strictObject({
  startDelay: duration.prefault('0s').describe('A node that was started, or has failed, does not announce before'),
  syncLimit: duration
    .prefault('30s')
    .describe('So long a node waits for the sessions of the others before it serves all the same, if no other does'),
  hold: duration.prefault('5s').describe('Out after a failure; doubled with each further one'),
  maxHold: duration.prefault('5m').describe('The longest hold'),
  backup: duration
    .prefault('2s')
    .describe(
      'A node that is drained announces as a backup for so long at least before it withdraws, where BGP can say so',
    ),
  maxBackup: duration.prefault('10s').describe('The same at most, while packets still come'),
  calm: duration.prefault('10m').describe('So long without failure, and former ones are forgotten'),
});
