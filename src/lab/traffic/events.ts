import { z } from 'zod';

/** Lines that the lab's traffic programs write: one JSON object each. Times are milliseconds. */
export const trafficEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('connected'), localPort: z.number() }),
  z.object({ event: z.literal('progress'), bytes: z.number(), longestGapMs: z.number() }),
  z.object({ event: z.literal('end'), bytes: z.number(), sha256: z.string(), longestGapMs: z.number() }),
  z.object({ event: z.literal('failed'), reason: z.string() }),
  z.object({
    event: z.literal('allocations'),
    /** Addresses with ports that clients came from. */
    seen: z.number(),
    /** Times that one of them went to another client. */
    passedOn: z.number(),
    doubles: z.array(z.string()),
  }),
  z.object({
    event: z.literal('churned'),
    opened: z.number(),
    answered: z.number(),
    failed: z.number(),
    /** Answered, but so late that TCP must have sent something again. */
    late: z.number(),
  }),
  z.object({ event: z.literal('filled'), sent: z.number(), seconds: z.number() }),
  z.object({
    /** Sessions opened, of which so many were answered, and how long that took. */
    event: z.literal('firsts'),
    opened: z.number(),
    answered: z.number(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    longestMs: z.number(),
  }),
  z.object({ event: z.literal('flooded'), sent: z.number(), seconds: z.number() }),
  z.object({ event: z.literal('swarmed'), opened: z.number(), answered: z.number() }),
  z.object({
    /** What numbered packets met since the mark; `tcp` of `tcpTotal` connections live. */
    event: z.literal('streamed'),
    sent: z.number(),
    lost: z.number(),
    outageMs: z.number(),
    tcp: z.number(),
    tcpTotal: z.number(),
    tcpBroken: z.number(),
    tcpGapMs: z.number(),
  }),
  z.object({
    event: z.literal('checked'),
    /** How many of the connections and flows of this kind answered in this round. */
    tcp: z.number(),
    udp: z.number(),
    /** TCP connections that broke since the start. */
    tcpBroken: z.number(),
    tcpTotal: z.number(),
    udpTotal: z.number(),
  }),
]);

export type TrafficEvent = z.infer<typeof trafficEvent>;

/** Writes an event to standard output. */
export function report(event: TrafficEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
