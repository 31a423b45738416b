import { z } from 'zod';

/** Lines written by the lab's traffic programs: one JSON object each. Times are milliseconds. */
export const trafficEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('connected'), localPort: z.number() }),
  z.object({ event: z.literal('progress'), bytes: z.number(), longestGapMs: z.number() }),
  z.object({ event: z.literal('end'), bytes: z.number(), sha256: z.string(), longestGapMs: z.number() }),
  z.object({ event: z.literal('failed'), reason: z.string() }),
  z.object({
    event: z.literal('allocations'),
    /** Number of client addresses with ports. */
    seen: z.number(),
    /** Number of reassignments to another client. */
    passedOn: z.number(),
    doubles: z.array(z.string()),
  }),
  z.object({
    event: z.literal('churned'),
    opened: z.number(),
    answered: z.number(),
    failed: z.number(),
    /** Answered so late that TCP must have retransmitted. */
    late: z.number(),
  }),
  z.object({ event: z.literal('filled'), sent: z.number(), seconds: z.number() }),
  z.object({
    /** Sessions opened, number of answers, and answer times. */
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
    /** Results of numbered packets since the mark; `tcp` of `tcpTotal` connections are alive. */
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
    /** Number of connections and flows of this kind that answered in this round. */
    tcp: z.number(),
    udp: z.number(),
    /** TCP connections broken since the start. */
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
