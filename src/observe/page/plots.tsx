import type { JSX } from 'preact';
import type { PageHistory, SeriesId } from '../page-model.ts';
import type { Selection } from './figures.ts';
import { quantity } from './format.ts';
import { type Line, linesOf, outagesOf, placeName, secondsOf } from './history.ts';
import { Plot } from './plot.tsx';

interface PlotsProps {
  readonly severalInstances: boolean;
  readonly history: PageHistory;
  readonly selection: Selection | undefined;
  readonly theme: string;
}

/** The last hours of what is selected. */
export function Plots({ severalInstances, history, selection, theme }: PlotsProps): JSX.Element {
  const shared = { times: secondsOf(history), outages: outagesOf(history), theme };
  const place = placeName(severalInstances);
  const lines = (metric: SeriesId['metric'], group: (id: SeriesId) => string): Line[] =>
    linesOf(history, metric, selection, group);
  const traffic = [...lines('fastBits', () => 'fast path'), ...lines('slowBits', () => 'slow path')];
  const bits = (value: number): string => quantity(value, 'bit/s');
  const perSecond = (value: number): string => `${quantity(value)}/s`;
  const percents = (value: number): string => `${quantity(value)} %`;
  return (
    <div class="plots">
      <Plot {...shared} title="Traffic by path" lines={traffic} format={bits} stacked empty={NOTHING} />
      <Plot
        {...shared}
        title="Sessions"
        lines={lines('sessions', place)}
        format={(value) => quantity(value)}
        empty={NOTHING}
      />
      <Plot {...shared} title="New sessions" lines={lines('newSessions', place)} format={perSecond} empty={NOTHING} />
      <Plot
        {...shared}
        title="Dropped or answered with an error"
        lines={lines('drops', ({ label }) => label).map(withZeros)}
        format={perSecond}
        empty="Nothing was dropped in this time."
      />
      <Plot
        {...shared}
        title="Pool in use, fullest slice"
        lines={lines('pool', place)}
        format={percents}
        least={100}
        empty="No instance here allocates from pool4."
      />
      <Plot
        {...shared}
        title="Replication lag"
        lines={lines('lag', ({ node }) => node)}
        format={(value) => `${quantity(value)} s`}
        empty="There is no other node to replicate from."
      />
    </div>
  );
}

/** A reason that is not named in a sample counted nothing. */
function withZeros({ label, values }: Line): Line {
  return { label, values: values.map((value) => value ?? 0) };
}

const NOTHING = 'The first figures come within 20 seconds.';
