import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Detail } from './detail.tsx';
import { Drawing } from './drawing.tsx';
import { Events } from './events.tsx';
import type { Selection } from './figures.ts';
import { Header, healthWord } from './header.tsx';
import { Plots } from './plots.tsx';
import type { PageState } from './source.ts';
import { Problems, Tiles } from './summary.tsx';
import { CheckTable, LinkTable, NodeTable, TrafficTable, UpstreamTable } from './tables.tsx';
import { useTheme } from './theme.ts';

interface AppProps {
  readonly state: PageState;
  readonly onRange: (minutes: number) => void;
}

export function App({ state, onRange }: AppProps): JSX.Element {
  const [theme, changeTheme] = useTheme();
  const selection = useSelection();
  const { view, silentMs } = state;
  const health = silentMs > 0 ? 'No data' : healthWord(view?.health ?? '');
  useEffect(() => {
    document.title = `${health}: ${view?.cluster ?? 'Isthmus'}`;
  }, [health, view?.cluster]);
  const { history } = state;
  const several = (view?.instances.length ?? 0) > 1;
  // Views come ten times as often as samples, and six plots take longer to draw than all the rest.
  const plots = useMemo(
    () =>
      history === undefined ? null : (
        <Plots severalInstances={several} history={history} selection={selection} theme={theme} />
      ),
    [several, history, selection, theme],
  );
  if (view === undefined) return <p class="waiting">Waiting for the node…</p>;
  return (
    <>
      <Header state={state} theme={theme} onTheme={changeTheme} onRange={onRange} />
      <main class={silentMs > 0 ? 'old' : ''}>
        <Problems problems={view.problems} />
        {selection === undefined ? null : <Detail view={view} selection={selection} />}
        <Tiles view={view} selection={selection} />
        <div class="upper">
          <Drawing view={view} />
          <Events events={state.events} time={view.time} />
        </div>
        {plots}
        {selection === undefined ? <Everything state={state} /> : null}
      </main>
      <footer>
        <a href="metrics">metrics</a> <a href="status.json">status.json</a>
      </footer>
    </>
  );
}

function Everything({ state: { view } }: { readonly state: PageState }): JSX.Element | null {
  if (view === undefined) return null;
  return (
    <div class="tables">
      <NodeTable view={view} />
      <TrafficTable view={view} />
      <LinkTable links={view.links} />
      <UpstreamTable nodes={view.nodes} />
      <CheckTable view={view} />
    </div>
  );
}

/** What the address says after `#`, so that a link to a node can be sent to somebody. */
function useSelection(): Selection | undefined {
  const [selection, setSelection] = useState(() => selectionIn(location.hash));
  useEffect(() => {
    const onHash = (): void => setSelection(selectionIn(location.hash));
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape' && location.hash !== '') location.hash = '';
    };
    addEventListener('hashchange', onHash);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('hashchange', onHash);
      removeEventListener('keydown', onKey);
    };
  }, []);
  return selection;
}

function selectionIn(hash: string): Selection | undefined {
  const [, kind, name = ''] = /^#(node|instance)\/(.+)$/.exec(hash) ?? [];
  if (kind !== 'node' && kind !== 'instance') return undefined;
  try {
    return { kind, name: decodeURIComponent(name) };
  } catch {
    // Not an address that a link here leads to.
    return undefined;
  }
}
