import { describe, expect, it } from 'vitest';
import {
  isLongLived,
  mergeTcpStates,
  nextTcpState,
  recordedState,
  refreshesTimer,
  TcpState,
} from '../../../../../src/translator/nat64/tables/tcp-state.ts';
import { FLAGS } from '../../packets.ts';

const { none, v4Init, v6Init, established, v4Fin, v6Fin, bothFin, trans, aborted } = TcpState;
const { ack, fin, rst, syn } = FLAGS;

describe('the state machine of RFC 6146 section 3.5.2.2', () => {
  // State; then the state after a packet of the client, and of the server: SYN, ACK, FIN, RST.
  it.each([
    ['none', none, [none, none, none, none], [none, none, none, none]],
    ['v4Init', v4Init, [established, v4Init, v4Init, v4Init], [v4Init, v4Init, v4Init, v4Init]],
    ['v6Init', v6Init, [v6Init, v6Init, v6Init, v6Init], [established, v6Init, v6Init, v6Init]],
    ['established', established, [established, established, v6Fin, trans], [established, established, v4Fin, trans]],
    ['v4Fin', v4Fin, [v4Fin, v4Fin, bothFin, aborted], [v4Fin, v4Fin, v4Fin, aborted]],
    ['v6Fin', v6Fin, [v6Fin, v6Fin, v6Fin, aborted], [v6Fin, v6Fin, bothFin, aborted]],
    ['bothFin', bothFin, [bothFin, bothFin, bothFin, bothFin], [bothFin, bothFin, bothFin, bothFin]],
    ['trans', trans, [established, established, established, trans], [established, established, established, trans]],
    ['aborted', aborted, [aborted, aborted, aborted, aborted], [aborted, aborted, aborted, aborted]],
  ])('goes on from %s', (_name, state, ofClient, ofServer) => {
    const flags = [syn, ack, fin | ack, rst];
    expect(flags.map((one) => nextTcpState(state, true, one))).toEqual(ofClient);
    expect(flags.map((one) => nextTcpState(state, false, one))).toEqual(ofServer);
  });

  it('begins the time of a session again with packets that show that both sides go on', () => {
    const refreshing = (state: number, fromClient: boolean, flags: number): boolean =>
      refreshesTimer(state, nextTcpState(state, fromClient, flags), fromClient, flags);
    for (const state of [none, established, v4Fin, v6Fin]) expect(refreshing(state, true, ack)).toBe(true);
    for (const state of [bothFin, v4Init]) expect(refreshing(state, false, ack)).toBe(false);
    // A client repeats its SYN; what a server answers to it but a SYN changes nothing.
    expect([refreshing(v6Init, true, syn), refreshing(v6Init, true, ack), refreshing(v6Init, false, ack)]).toEqual([
      true,
      false,
      false,
    ]);
    // The first FIN of either side leaves the time that there is; the second one begins another.
    expect([refreshing(established, true, fin), refreshing(established, false, fin)]).toEqual([false, false]);
    expect([refreshing(v6Fin, false, fin), refreshing(v4Fin, true, fin)]).toEqual([true, true]);
    expect([refreshing(established, true, rst), refreshing(v4Fin, true, rst), refreshing(trans, true, rst)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([refreshing(aborted, true, ack), refreshing(aborted, true, rst)]).toEqual([true, false]);
  });

  it('has the long lifetime while a connection stands, at least half', () => {
    const all = [none, v4Init, v6Init, established, v4Fin, v6Fin, bothFin, trans, aborted];
    expect(all.filter(isLongLived)).toEqual([established, v4Fin, v6Fin]);
    expect(all.map(recordedState)).toEqual([none, v4Init, v6Init, established, v4Fin, v6Fin, bothFin, trans, bothFin]);
  });
});

describe('the state of which two nodes have seen a part each', () => {
  const reported = [v4Init, v6Init, established, v4Fin, v6Fin, bothFin, trans];

  it.each([
    ['v4Init', v4Init, [v4Init, established, established, v4Fin, v6Fin, bothFin, trans]],
    ['v6Init', v6Init, [established, v6Init, established, v4Fin, v6Fin, bothFin, trans]],
    ['established', established, [established, established, established, v4Fin, v6Fin, bothFin, trans]],
    ['trans', trans, [trans, trans, established, v4Fin, v6Fin, bothFin, trans]],
    ['v4Fin', v4Fin, [v4Fin, v4Fin, v4Fin, v4Fin, bothFin, bothFin, v4Fin]],
    ['v6Fin', v6Fin, [v6Fin, v6Fin, v6Fin, bothFin, v6Fin, bothFin, v6Fin]],
    ['bothFin', bothFin, reported.map(() => bothFin)],
    ['aborted', aborted, reported.map(() => aborted)],
    ['none', none, reported.map(() => none)],
  ])('joins %s with what the other one has seen', (_name, own, joined) => {
    expect(reported.map((state) => mergeTcpStates(own, state))).toEqual(joined);
  });
});
