import { GatewayAgent } from '../gateway/agent.ts';
import { BFD } from '../routers/bird.ts';
import { buildPair, CLIENT6, type Pair, PAIR_PICTURE, POOL4, POOL6, SERVER4 } from '../topology/pair.ts';
import { type DemoResult, emptyResult } from './result.ts';
import { type Screen, seconds } from './screen.ts';

/** What the steps of the demo share. */
export interface Stage {
  readonly screen: Screen;
  readonly pair: Pair;
  /** The agents of gw1, which the router prefers, and of gw2. */
  readonly first: GatewayAgent;
  readonly second: GatewayAgent;
  readonly result: DemoResult;
}

/** Builds the lab and shows it. */
export async function openStage(screen: Screen): Promise<Stage> {
  screen.step('The lab');
  screen.line(PAIR_PICTURE);
  screen.line();
  screen.note(`client6 is ${CLIENT6} and has no IPv4; server4 is ${SERVER4} and has no IPv6`);
  screen.note(`the router sends ${POOL6} and ${POOL4} to gw1, and to gw2 when BFD to gw1 is down`);
  screen.note(
    `BFD: ${BFD.intervalMs} ms × ${BFD.multiplier}; a machine that loses power is noticed after ${BFD.intervalMs * BFD.multiplier} ms`,
  );
  const started = performance.now();
  const pair = await buildPair();
  screen.good(`five machines with their links, routers and FRR, in ${seconds(performance.now() - started)}`);
  const [gw1, gw2] = pair.gateways;
  return {
    screen,
    pair,
    first: new GatewayAgent(gw1.name, gw1.machine),
    second: new GatewayAgent(gw2.name, gw2.machine),
    result: emptyResult(),
  };
}
