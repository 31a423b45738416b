import { agentOf, type GatewayAgent } from '../gateway/agent.ts';
import { BFD } from '../routers/bird.ts';
import { buildSite, gatewayNamed, CLIENT6, POOL4, POOL6, SERVER4, type Site } from '../topology/site.ts';
import { type DemoResult, emptyResult } from './result.ts';
import { type Screen, seconds } from '../screen.ts';

const PICTURE = `
                                        ┌── gw1 ──┐
   client6 ────────── router ───────────┤   ║ ║   │ ring0, ring1
   IPv6 only          BIRD: BFD, static │   ║ ║   │ (replication)
                      unbound: DNS64    └── gw2 ──┘
   server4 ──────────────┘`;

/** State shared by the steps of the demo. */
export interface Stage {
  readonly screen: Screen;
  readonly site: Site;
  /** The agents of gw1, which the router prefers, and of gw2. */
  readonly first: GatewayAgent;
  readonly second: GatewayAgent;
  readonly result: DemoResult;
}

/** Builds the lab and prints it. */
export async function openStage(screen: Screen): Promise<Stage> {
  screen.step('The lab');
  screen.line(PICTURE);
  screen.line();
  screen.note(`client6 is ${CLIENT6} and has no IPv4; server4 is ${SERVER4} and has no IPv6`);
  screen.note(`the router sends ${POOL6} and ${POOL4} to gw1, and to gw2 when BFD to gw1 is down`);
  screen.note(
    `BFD: ${BFD.intervalMs} ms × ${BFD.multiplier}; a machine that loses power is noticed after ${BFD.intervalMs * BFD.multiplier} ms`,
  );
  const started = performance.now();
  const site = await buildSite({ gateways: 2, mode: 'preferred' });
  screen.good(`five machines with their links, routers and FRR, in ${seconds(performance.now() - started)}`);
  return {
    screen,
    site,
    first: agentOf(gatewayNamed(site, 'gw1')),
    second: agentOf(gatewayNamed(site, 'gw2')),
    result: emptyResult(),
  };
}
