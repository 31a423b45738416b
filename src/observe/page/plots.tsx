import type { JSX } from 'preact';
import type { PageHistory, SeriesId } from '../page-model.ts';
import type { Selection } from './figures.ts';
import { clockTime, quantity } from './format.ts';
import { type Line, linesOf, type Outage, outagesOf, outageWord, placeName, secondsOf } from './history.ts';
import { Plot } from './plot.tsx';

interface PlotsProps {
  /** The one that serves the page. */
  readonly node: string;
  readonly severalInstances: boolean;
  readonly severalNodes: boolean;
  readonly history: PageHistory;
  readonly selection: Selection | undefined;
  readonly theme: string;
}

/** The last hours of what is selected. */
export function Plots(props: PlotsProps): JSX.Element {
  const { node, severalInstances, severalNodes, history, selection, theme } = props;
  const outages = outagesOf(history);
  const shared = { times: secondsOf(history), minutes: history.minutes, stepMs: history.stepMs, outages, theme };
  const place = placeName(severalInstances);
  const lines = (metric: SeriesId['metric'], group: (id: SeriesId) => string): Line[] =>
    linesOf(history, metric, selection, group);
  const traffic = [...lines('fastBits', () => 'fast path'), ...lines('slowBits', () => 'slow path')];
  const bits = (value: number): string => quantity(value, 'bit/s');
  const perSecond = (value: number): string => `${quantity(value)}/s`;
  const percents = (value: number): string => `${quantity(value)} %`;
  // How far others lag behind a node is known to them; here is what this node itself receives.
  const receiver = selection?.kind === 'node' && selection.name === node;
  return (
    <>
      <Outages outages={outages} />
      <div class="plots">
        <Plot {...shared} title="Traffic by path" isMean lines={traffic} format={bits} stacked empty={NOTHING} />
        <Plot
          {...shared}
          title="Sessions by owner"
          lines={[...lines('sessions', place), ...lines('held', (id) => `held for ${place(id)}`)]}
          stacked
          format={(value) => quantity(value)}
          empty={NOTHING}
        />
        <Plot
          {...shared}
          title="New sessions"
          isMean
          lines={lines('newSessions', place)}
          format={perSecond}
          empty={NOTHING}
        />
        <Plot
          {...shared}
          title="Dropped or answered with an error"
          isMean
          lines={lines('drops', ({ label }) => label).map(withZeros)}
          format={perSecond}
          empty="Nothing was dropped in this time."
        />
        <Plot
          {...shared}
          title="Ports in use, fullest slice"
          lines={lines('pool', place)}
          format={percents}
          least={100}
          empty="No instance here allocates from pool4."
        />
        <Plot
          {...shared}
          title="Replication lag"
          lines={linesOf(history, 'lag', receiver ? undefined : selection, (id) => `${node} from ${id.node}`)}
          format={(value) => `${quantity(value)} s`}
          empty={severalNodes ? NO_LAG : 'There is no other node to replicate from.'}
        />
      </div>
    </>
  );
}

/** The latest times in which the plots are marked. */
const MARKS = 3;

/** What the marks over the plots mean, and when they are. */
function Outages({ outages }: { readonly outages: readonly Outage[] }): JSX.Element | null {
  if (outages.length === 0) return null;
  const texts = outages.slice(-MARKS).map((one) => `${outageWord(one)} ${outageTime(one)}`);
  const more = outages.length > MARKS ? ` and ${outages.length - MARKS} times before` : '';
  return (
    <p class="marks">
      <span class="swatch degraded" aria-hidden="true" /> strip over a plot: the cluster was degraded{' '}
      <span class="swatch outage" aria-hidden="true" /> whole height: no node served.{' '}
      {`Marked: ${texts.join(', ')}${more}.`}
    </p>
  );
}

function outageTime({ from, to }: Outage): string {
  return `${clockTime(from * SECOND_MS)} to ${clockTime(to * SECOND_MS)}`;
}

const SECOND_MS = 1000;

/** A reason that is not named in a sample counted nothing. */
function withZeros({ label, values }: Line): Line {
  return { label, values: values.map((value) => value ?? 0) };
}

const NO_LAG = 'No other node was received from in this time.';
const NOTHING = 'The first figures come within 20 seconds.';
