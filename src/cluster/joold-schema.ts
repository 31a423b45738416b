import { z } from 'zod';
import { isMulticast } from '../net/multicast.ts';
import { address, described, interfaceName, port } from './values.ts';

/** Import of sessions from Jool, and export to it. */

const group = address
  .refine(isMulticast, {
    error: ({ input }) =>
      `${JSON.stringify(input)} is not a multicast group; it is the one that Jool's daemon was given`,
  })
  .describe("Multicast group of Jool's session synchronisation");

const place = {
  group,
  port: port.min(1).default(6400).meta(described('UDP port of the group', 'port')),
  interface: interfaceName.describe("Interface of the group, in the agent's namespace"),
};

export const adopt = z.strictObject({
  joold: z
    .strictObject({
      ...place,
      from: z
        .array(address)
        .min(1)
        .max(16)
        .describe('Addresses of the machines that run Jool; datagrams of others are refused'),
      format: z
        .enum(['auto', '4.1.9', '4.1.12', '4.1.13'])
        .default('auto')
        .describe(
          'Layout that is accepted: 4.1.9 (Jool 4.1.0 to 4.1.11), 4.1.12, 4.1.13 (and later), or whatever each ' +
            'datagram has',
        ),
    })
    .describe("Jool's session synchronisation (joold, jool session proxy)"),
});

export const exported = z.strictObject({
  joold: z
    .strictObject({
      ...place,
      format: z
        .enum(['4.1.9', '4.1.13'])
        .describe('Layout that the standby understands: 4.1.9 (Jool 4.1.0 to 4.1.11) or 4.1.13 (and later)'),
    })
    .describe("Jool's session synchronisation"),
});
