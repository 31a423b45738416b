import { describe, expect, it } from 'vitest';
import { type ProofState, WithdrawalProof } from '../../../src/frr/withdrawal-proof.ts';

/** When packets that never stop count as such, ms. */
const ARRIVING_MS = 5000;

/** Looks each 200 ms while packets arrive at a rate, and returns the states that it went through. */
class Watched {
  readonly proof = new WithdrawalProof(2000);
  nowMs = 0;
  arrived = 0;

  run(ms: number, packetsPerSecond: number): ProofState[] {
    const states: ProofState[] = [];
    const endMs = this.nowMs + ms;
    while (this.nowMs < endMs) {
      this.nowMs += 200;
      this.arrived += packetsPerSecond / 5;
      this.proof.observe(this.nowMs, this.arrived);
      if (states.at(-1) !== this.proof.state) states.push(this.proof.state);
    }
    return states;
  }

  begin(): void {
    this.proof.begin(this.nowMs, this.arrived);
  }
}

describe('the proof of a withdrawal by the traffic', () => {
  it('is that packets stop', () => {
    const watched = new Watched();
    watched.run(5000, 1000);
    expect(watched.proof.state).toBe('none');
    watched.begin();
    expect(watched.run(800, 1000)).toEqual(['waiting']);
    expect(watched.run(3000, 0)).toEqual(['waiting', 'quiet']);
    expect(watched.proof.lastArrivalMs).toBe(800);
    expect(watched.proof.isFailed(watched.nowMs)).toBe(false);
  });

  it('has no last packet while none has come since it began', () => {
    const watched = new Watched();
    watched.run(1000, 100);
    watched.begin();
    watched.run(2000, 0);
    expect(watched.proof.lastArrivalMs).toBeUndefined();
  });

  it('has failed when packets go on after the time that is allowed', () => {
    const watched = new Watched();
    watched.begin();
    expect(watched.run(3000, 10)).toEqual(['waiting']);
    expect(watched.run(3000, 10)).toEqual(['waiting', 'arriving']);
    expect([watched.proof.rate, watched.proof.isFailed(watched.nowMs)]).toEqual([10, true]);
    watched.begin();
    expect([watched.proof.state, watched.proof.isFailed(watched.nowMs)]).toEqual(['arriving', false]);
    expect(watched.run(2000, 10)).toEqual(['arriving']);
    expect(watched.proof.isFailed(watched.nowMs)).toBe(true);
    expect(watched.run(1200, 0)).toEqual(['arriving', 'quiet']);
  });

  it('has failed at the first look at which packets went on for long enough, not before', () => {
    // 2 s that are allowed, a window of a second behind them, and so many busy windows.
    const watched = new Watched();
    watched.begin();
    let sinceMs = 0;
    while (watched.proof.state !== 'arriving' && watched.nowMs < 60_000) {
      watched.run(200, 10);
      sinceMs = watched.nowMs;
    }
    expect(sinceMs).toBe(ARRIVING_MS);
  });

  it('has not failed by single packets', () => {
    const watched = new Watched();
    watched.begin();
    watched.run(5000, 0);
    for (let times = 0; times < 10; times++) {
      expect(watched.run(200, 5)).toEqual(['quiet']);
      expect(watched.run(1800, 0)).toEqual(['quiet']);
    }
  });

  it('is taken back when packets begin again', () => {
    const watched = new Watched();
    watched.begin();
    watched.run(5000, 0);
    expect(watched.run(4000, 100)).toEqual(['quiet', 'arriving']);
    watched.proof.end();
    expect(watched.run(1000, 100)).toEqual(['none']);
  });
});
