import { describe, expect, it } from 'vitest';
import { judge, outageLimit, type Seen } from '../../../../../src/lab/drills/faults/result.ts';

const SEEN: Seen = {
  fault: 'agent-sigkill',
  allowed: 'at-once',
  outageMs: 80.4,
  bfdDetectionMs: 300,
  brokenTcp: 0,
  lostPackets: 44,
  inPlace: true,
};

describe('the verdict on a fault', () => {
  it('has exactly the fields of the JSON file, with whole milliseconds', () => {
    expect(judge(SEEN)).toEqual({
      fault: 'agent-sigkill',
      outageMs: 80,
      bfdDetectionMs: 300,
      brokenTcp: 0,
      lostPackets: 44,
      ok: true,
    });
  });

  it('is bad when the traffic did not end where it should, or a connection broke, however short the outage', () => {
    expect(judge({ ...SEEN, inPlace: false, outageMs: 0 }).ok).toBe(false);
    expect(judge({ ...SEEN, brokenTcp: 1, outageMs: 0 }).ok).toBe(false);
    expect(judge({ ...SEEN, allowed: 'any', inPlace: false }).ok).toBe(false);
    expect(judge({ ...SEEN, allowed: 'any', brokenTcp: 1 }).ok).toBe(false);
  });

  it('allows 100 ms where FRR lives, and the detection time more where it does not', () => {
    expect(judge({ ...SEEN, outageMs: 100 }).ok).toBe(true);
    expect(judge({ ...SEEN, outageMs: 101 }).ok).toBe(false);
    expect(judge({ ...SEEN, allowed: 'detection', outageMs: 400 }).ok).toBe(true);
    expect(judge({ ...SEEN, allowed: 'detection', outageMs: 401 }).ok).toBe(false);
    expect(judge({ ...SEEN, allowed: 'detection', bfdDetectionMs: 150, outageMs: 251 }).ok).toBe(false);
    expect(judge({ ...SEEN, allowed: 'any', outageMs: 14_000 }).ok).toBe(true);
  });

  it('allows a drain not one packet', () => {
    const drain: Seen = { ...SEEN, allowed: 'nothing', outageMs: 0, lostPackets: 0 };
    expect(judge(drain).ok).toBe(true);
    expect(judge({ ...drain, lostPackets: 1 }).ok).toBe(false);
    expect(judge({ ...drain, outageMs: 5 }).ok).toBe(false);
  });

  it('knows a limit for each allowance', () => {
    expect(outageLimit('nothing', 300)).toBe(0);
    expect(outageLimit('at-once', 300)).toBe(100);
    expect(outageLimit('detection', 300)).toBe(400);
    expect(outageLimit('any', 300)).toBe(Infinity);
  });
});
