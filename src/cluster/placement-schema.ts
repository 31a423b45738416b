import { z } from 'zod';
import { described, interfaceName, name, prefix6, RELOADABLE } from './values.ts';

const worker = z.strictObject({
  spin: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta(
      described(
        'How long an idle worker polls for packets before it sleeps: lower latency for CPU time',
        'microseconds',
      ),
    ),
  cpu: z
    .number()
    .int()
    .min(0)
    .max(1023)
    .optional()
    .meta(
      described('CPU that the worker is pinned to; further shards take the next CPUs. Default: any CPU', 'CPU number'),
    ),
  niceness: z
    .number()
    .int()
    .min(-20)
    .max(19)
    .optional()
    .meta(
      described(
        'Nice value of the worker thread, from -20 (highest priority) to 19. Default: -10 if CAP_SYS_NICE permits',
        'nice value',
      ),
    ),
});

const interfaceOffload = z.strictObject({
  interface: interfaceName.describe('Interface in the namespace of the instance'),
  features: z
    .array(
      z.string().regex(/^[a-z0-9-]+$/, 'not a feature; write it as `ethtool -k` names it, like rx-udp-gro-forwarding'),
    )
    .min(1)
    .max(32)
    .describe('Features that are switched on, as `ethtool -k` names them'),
});

/** Placement of an instance on its node, for all kinds. */
export const placement = {
  shards: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .meta(
      described(
        'Worker threads, each with a TUN queue and tables of its own; the same on all nodes. Clients are ' +
          'divided by prefix, pool4 by ports',
        'workers',
      ),
    ),
  worker: worker.prefault({}).describe('The worker threads that translate'),
  interfaceOffloads: z
    .array(interfaceOffload)
    .max(32)
    .default([])
    .describe('Offload features of data interfaces, switched on while the instance runs and restored afterwards'),
  namespace: name.optional().describe('Network namespace of the data plane. Default: that of the agent'),
  tun: interfaceName.optional().describe('Name of the TUN device. Default: nat-NAME or siit-NAME'),
  clients: z
    .array(prefix6)
    .default([])
    .describe(
      'IPv6 source prefixes that this instance serves, ahead of instances that serve all (policy routing); empty: all',
    ),
  routingTable: z
    .number()
    .int()
    .min(256)
    .max(4_294_967_295)
    .optional()
    .meta(
      described(
        'Routing table of an instance with `clients`. Default: 64001 for the first instance, 64002 for the next',
        'table number',
      ),
    ),
  prefer: z
    .array(name)
    .default([])
    .describe('Nodes in order of preference; advertised to BGP upstreams by MED and AS path')
    .meta(RELOADABLE),
};
