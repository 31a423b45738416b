import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageView } from '../page-model.ts';
import { Clients } from './clients.tsx';
import { Detail } from './detail.tsx';
import { Drawing } from './drawing.tsx';
import { Events } from './events.tsx';
import { exists, type Selection } from './figures.ts';
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
  if (view === undefined) return <p class="waiting">Waiting for the node…</p>;
  return (
    <>
      <Header state={state} theme={theme} onTheme={changeTheme} onRange={onRange} />
      <main class={silentMs > 0 ? 'old' : ''}>
        <Problems problems={view.problems} />
        {selection === undefined ? null : <Detail view={view} sources={state.sources} selection={selection} />}
        {selection === undefined || exists(view, selection) ? (
          <Figures state={state} view={view} selection={selection} theme={theme} />
        ) : null}
      </main>
      <footer>
        <a href="metrics">metrics</a> <a href="status.json">status.json</a>
      </footer>
    </>
  );
}

interface FiguresProps {
  readonly state: PageState;
  readonly view: PageView;
  readonly selection: Selection | undefined;
  readonly theme: string;
}

/** Of one node or instance the drawing and the tables of all are left out. */
function Figures({ state, view, selection, theme }: FiguresProps): JSX.Element {
  const { events, missing, history, top } = state;
  const list = <Events events={events} missing={missing} selection={selection} time={view.time} />;
  const clients = <Clients top={top} node={view.node} selection={selection} />;
  const { node } = view;
  const [severalInstances, severalNodes] = [view.instances.length > 1, view.nodes.length > 1];
  // Views come ten times as often as samples, and six plots take longer to draw than all the rest.
  const plots = useMemo(
    () => history && <Plots {...{ node, severalInstances, severalNodes, history, selection, theme }} />,
    [node, severalInstances, severalNodes, history, selection, theme],
  );
  return (
    <>
      <Tiles view={view} selection={selection} />
      {selection === undefined ? (
        <div class="upper">
          <Drawing view={view} />
          {list}
        </div>
      ) : (
        list
      )}
      {plots}
      {selection === undefined ? <Everything view={view}>{clients}</Everything> : null}
      {selection?.kind === 'instance' ? clients : null}
    </>
  );
}

function Everything({
  view,
  children,
}: {
  readonly view: PageView;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="tables">
      <NodeTable view={view} />
      {children}
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
  // A link to a place of the page that was not shown before.
  useEffect(() => {
    if (selection === undefined) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [selection]);
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
