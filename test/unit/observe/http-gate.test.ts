import { describe, expect, it } from 'vitest';
import { GATE_LIMITS, HttpGate } from '../../../src/observe/http-gate.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('the gate of the HTTP endpoint', () => {
  it.each([`Bearer ${TOKEN}`, `bearer  ${TOKEN} `, basic('', TOKEN), basic('anybody', TOKEN)])(
    'accepts %s',
    (header) => {
      expect(new HttpGate(TOKEN).refusal('peer', header)).toBeUndefined();
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer ${TOKEN}0`,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Digest ${TOKEN}`,
    TOKEN,
    basic(TOKEN, ''),
    basic(TOKEN, 'x'),
    `Basic ${Buffer.from(TOKEN).toString('base64')}`,
    'Basic ====',
  ])('refuses %s', (header) => {
    expect(new HttpGate(TOKEN).refusal('peer', header)).toBe('unauthenticated');
  });

  it('does not look at what a peer sends after too many wrong tokens, for a while, and at that of others', () => {
    let now = 1000;
    const gate = new HttpGate(TOKEN, GATE_LIMITS, () => now);
    const guess = (peer: string) => gate.refusal(peer, 'Bearer wrong');
    for (let index = 0; index < GATE_LIMITS.failures; index++) expect(guess('one')).toBe('unauthenticated');
    expect(gate.refusal('one', `Bearer ${TOKEN}`)).toBe('limited');
    expect(gate.retryAfter('one')).toBe(GATE_LIMITS.forgivenMs / 1000);
    expect(gate.refusal('two', `Bearer ${TOKEN}`)).toBeUndefined();
    now += GATE_LIMITS.forgivenMs - 1;
    expect(guess('one')).toBe('limited');
    now += 1;
    expect([guess('one'), guess('one')]).toEqual(['unauthenticated', 'limited']);
    now += GATE_LIMITS.forgivenMs;
    expect(gate.refusal('one', `Bearer ${TOKEN}`)).toBeUndefined();
  });

  it('counts a request without a token as no guess: browsers begin so', () => {
    const gate = new HttpGate(TOKEN);
    for (let index = 0; index < 100; index++) expect(gate.refusal('one', undefined)).toBe('unauthenticated');
    expect(gate.refusal('one', `Bearer ${TOKEN}`)).toBeUndefined();
  });

  it('remembers so many peers, and forgets the one that failed longest ago', () => {
    const gate = new HttpGate(TOKEN, { failures: 1, forgivenMs: 1000, peers: 2 }, () => 0);
    for (const peer of ['one', 'two', 'three']) gate.refusal(peer, 'Bearer wrong');
    expect(['one', 'two', 'three'].map((peer) => gate.retryAfter(peer))).toEqual([0, 1, 1]);
  });
});
