import type { JSX } from 'preact';
import { RANGES } from '../page-model.ts';
import type { PageState } from './source.ts';
import { levelOfHealth } from './figures.ts';
import { clockTime, duration } from './format.ts';
import { Mark } from './parts.tsx';

const WORDS: Readonly<Record<string, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  notServing: 'Not serving',
};
const MINUTES_OF_HOUR = 60;

export function healthWord(health: string): string {
  return WORDS[health] ?? health;
}

interface HeaderProps {
  readonly state: PageState;
  readonly theme: string;
  readonly onTheme: () => void;
  readonly onRange: (minutes: number) => void;
}

export function Header({ state, theme, onTheme, onRange }: HeaderProps): JSX.Element {
  const { view, silentMs, minutes } = state;
  const health = view?.health ?? '';
  return (
    <header class={`top ${silentMs > 0 ? 'idle' : levelOfHealth(health)}`}>
      <div class="title">
        <h1>
          <Mark level={silentMs > 0 ? 'idle' : levelOfHealth(health)} />
          <span role="status">{silentMs > 0 ? 'No data' : healthWord(health)}</span>
          <span class="cluster">{view?.cluster}</span>
        </h1>
        <p>{silentMs > 0 ? `No data for ${duration(silentMs)}; what is shown is old.` : seenFrom(state)}</p>
      </div>
      <div class="controls">
        <div role="group" aria-label="Range of the plots">
          {RANGES.map((range) => (
            <button type="button" aria-pressed={range === minutes} onClick={() => onRange(range)} key={range}>
              {range < MINUTES_OF_HOUR ? `${range} min` : `${range / MINUTES_OF_HOUR} h`}
            </button>
          ))}
        </div>
        <button type="button" onClick={onTheme}>
          {theme === 'dark' ? 'Light colours' : 'Dark colours'}
        </button>
      </div>
    </header>
  );
}

function seenFrom({ view }: PageState): string {
  return view === undefined ? '' : `seen from ${view.node} at ${clockTime(view.time)}`;
}
