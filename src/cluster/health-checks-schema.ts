import { z } from 'zod';
import { address, duration, interfaceName, interval, name, port, someTime } from './values.ts';

/** The section `checks` of the cluster file: what each node checks, how often, and the effect of a failure. */

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

/** Common keys of all checks, with defaults per check. */
function rules({ effect: usual, interval: every, timeout, rise = 2, fall = 2 }: Defaults) {
  return {
    effect: effect
      .default(usual)
      .describe('Effect of a failure: withdraw the node, only report degraded, or disable the check'),
    interval: interval.prefault(every).describe('Interval between the starts of two probes'),
    timeout: someTime.prefault(timeout).describe('Maximum duration of a probe; a longer one has failed'),
    rise: count.default(rise).meta({ description: 'Consecutive successes until the check passes', 'x-unit': 'probes' }),
    fall: count.default(fall).meta({ description: 'Consecutive failures until the check fails', 'x-unit': 'probes' }),
  };
}

const upstreamTarget = z
  .strictObject({
    ...rules({ effect: 'withdraw', interval: '1s', timeout: '900ms', rise: 2, fall: 4 }),
    address: address.describe('Address that must answer; IPv4 is probed through the instance that serves it'),
    port: port
      .min(1)
      .optional()
      .meta({ description: 'TCP port to connect to. Default: none (ICMP echo)', 'x-unit': 'port' }),
    namespace: name
      .optional()
      .describe('Namespace to probe from. Default: that of the instance, else of the first instance'),
    nodes: z.array(name).min(1).optional().describe('Nodes that run the check. Default: all'),
  })
  .describe('Reachability of targets behind the routers. If the check fails on every node, none is withdrawn');

const exec = z
  .strictObject({
    ...rules({ effect: 'degrade', interval: '10s', timeout: '5s', rise: 2, fall: 4 }),
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe('Program and arguments, without a shell; exit status 0 is success'),
    shared: z.boolean().default(true).describe('If the check fails on every node, none is withdrawn'),
    nodes: z.array(name).min(1).optional().describe('Nodes that run the check. Default: all'),
  })
  .describe('Commands of the site');

export const checks = z.strictObject({
  worker: z
    .strictObject({
      effect: effect
        .default('withdraw')
        .describe('Effect of a failure: withdraw the node, only report degraded, or disable the check'),
      limit: someTime.prefault('500ms').describe('Maximum age of the worker heartbeat'),
    })
    .describe('Heartbeat of the worker threads')
    .prefault({}),
  tun: z
    .strictObject(rules({ effect: 'withdraw', interval: '250ms', timeout: '2s', rise: 2, fall: 1 }))
    .describe('The TUN and its routes. A fault is repaired at once; the node is withdrawn while another node serves')
    .prefault({}),
  translation: z
    .strictObject(rules({ effect: 'withdraw', interval: '500ms', timeout: '450ms', rise: 2, fall: 3 }))
    .describe('A probe packet through the translator and back; withdraws the node only after it has passed once')
    .prefault({}),
  carrier: z
    .strictObject({
      ...rules({ effect: 'withdraw', interval: '200ms', timeout: '1s' }),
      interfaces: z
        .array(interfaceName)
        .default([])
        .describe(
          'Interfaces that are checked; empty: those of the BFD peers. The node is withdrawn when none has a ' +
            'carrier and another node serves',
        ),
      namespace: name.optional().describe('Namespace of the interfaces. Default: that of the first instance'),
    })
    .describe('Carrier of the interfaces towards the routers')
    .prefault({}),
  defaultRoute: z
    .strictObject(rules({ effect: 'withdraw', interval: '250ms', timeout: '900ms', rise: 2, fall: 2 }))
    .describe(
      'The namespaces of the instances have a route to far addresses, IPv4 and IPv6. Withdraws the node only after ' +
        'it has passed once, and while another node serves that has one',
    )
    .prefault({}),
  frr: z
    .strictObject(rules({ effect: 'withdraw', interval: '500ms', timeout: '3s' }))
    .describe('The FRR daemons of the upstreams answer. If the check fails on every node, none is withdrawn')
    .prefault({}),
  replication: z
    .strictObject(rules({ effect: 'degrade', interval: '1s', timeout: '900ms', rise: 1, fall: 10 }))
    .describe('The replicas agree with every live node (digests)')
    .prefault({}),
  redundantRing: z
    .strictObject(rules({ effect: 'degrade', interval: '2s', timeout: '1s', rise: 2, fall: 1 }))
    .describe('Links of the HSR or PRP driver: both ports have a carrier and receive from every node')
    .prefault({}),
  pool4: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '5s', timeout: '1s', rise: 2, fall: 1 }),
      limit: percent
        .default(90)
        .meta({ description: 'Use of the ports of this node at which the check fails', 'x-unit': 'percent' }),
    })
    .describe('Use of the ports of this node')
    .prefault({}),
  eventLoop: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '1s', timeout: '5s', rise: 5, fall: 3 }),
      limit: someTime.prefault('200ms').describe('Maximum delay of the main loop'),
    })
    .describe('Timeliness of the main loop of the agent')
    .prefault({}),
  memory: z
    .strictObject({
      ...rules({ effect: 'degrade', interval: '5s', timeout: '1s' }),
      limit: percent.default(85).meta({
        description: 'Memory use at which the check fails, of the cgroup limit, else of the machine',
        'x-unit': 'percent',
      }),
    })
    .describe('Memory of the agent')
    .prefault({}),
  upstreams: z.record(name, upstreamTarget).prefault({}).describe('Reachability checks, by name'),
  exec: z.record(name, exec).prefault({}).describe('Commands of the site, by name'),
});

/** Conditions for announcing, and how long a node stays withdrawn. */
export const states = z.strictObject({
  startDelay: duration.prefault('0s').describe('Minimum time after a start, or a failure, before the node announces'),
  syncLimit: duration
    .prefault('30s')
    .describe(
      'Maximum time to wait for session sync before going active anyway when no other node is active; 0s: no limit',
    ),
  hold: duration
    .prefault('5s')
    .describe('Time that a node stays withdrawn after a failure; doubled with each further one'),
  maxHold: duration.prefault('5m').describe('Maximum of `hold`'),
  backup: duration
    .prefault('2s')
    .describe('Minimum time that a draining node announces as a backup before it withdraws, where BGP is used'),
  maxBackup: duration.prefault('10s').describe('Maximum of the same, while packets still arrive'),
  calm: duration.prefault('10m').describe('Time without failure after which `hold` is no longer doubled'),
});
