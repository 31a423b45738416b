import type { JSX } from 'preact';
import type { PageClient, PageTop } from '../page-model.ts';
import type { Selection } from './figures.ts';
import { percent, quantity } from './format.ts';
import { type Column, Panel, Table } from './parts.tsx';

const ID = 'clients';
/** Where the list is on the page. */
export const CLIENTS_PLACE = `#${ID}-title`;

interface ClientsProps {
  readonly top: PageTop | undefined;
  readonly node: string;
  readonly selection: Selection | undefined;
}

/** Who uses pool4 up: the clients that hold most of its ports. */
export function Clients({ top, node, selection }: ClientsProps): JSX.Element {
  const rows =
    top?.clients.filter(({ instance }) => selection?.kind !== 'instance' || instance === selection.name) ?? [];
  return (
    <Panel title="Top clients, by ports of pool4" id={ID} class="whole">
      {top === undefined || rows.length === 0 ? (
        <p class="nothing">{emptyText(top)}</p>
      ) : (
        <>
          <Table label="Top clients" columns={columnsOf(top)} rows={rows} keyOf={keyOf} />
          <p class="note">{noteOn(top, node)}</p>
        </>
      )}
    </Panel>
  );
}

function emptyText(top: PageTop | undefined): string {
  if (top === undefined) return 'The sessions are being counted.';
  return top.problem === '' ? 'No client has a session.' : `There is no list: ${top.problem}`;
}

function keyOf({ instance, address }: PageClient): string {
  return `${instance} ${address}`;
}

function Address({ address, checkedBy }: Pick<PageClient, 'address' | 'checkedBy'>): JSX.Element {
  return (
    <>
      <code>{address}</code>
      {checkedBy === '' ? null : <small>{` checks of ${checkedBy}`}</small>}
    </>
  );
}

const NO_TRAFFIC =
  'Unknown: it is new in the list, or sessions of it ended since the list before, and their bytes with them.';

function Traffic({ bits }: Pick<PageClient, 'bits'>): JSX.Element {
  return bits < 0 ? <span title={NO_TRAFFIC}>–</span> : <>{quantity(bits, 'bit/s')}</>;
}

function columnsOf({ ports: all }: PageTop): Column<PageClient>[] {
  return [
    { title: 'Client', cell: ({ address, checkedBy }) => <Address address={address} checkedBy={checkedBy} /> },
    { title: 'Instance', cell: ({ instance }) => instance },
    { title: 'Ports', numeric: true, cell: ({ ports }) => quantity(ports) },
    { title: 'Of all in use', numeric: true, cell: ({ ports }) => (all === 0 ? '–' : percent(ports / all)) },
    { title: 'Sessions', numeric: true, cell: ({ sessions }) => quantity(sessions) },
    { title: 'New/s', numeric: true, cell: ({ newSessions }) => quantity(newSessions) },
    { title: 'Traffic', numeric: true, cell: ({ bits }) => <Traffic bits={bits} /> },
  ];
}

function noteOn({ all, ports, approximate }: PageTop, node: string): string {
  const clients = `${approximate ? 'more than ' : ''}${quantity(all)} ${all === 1 ? 'client holds' : 'clients hold'}`;
  return (
    `${clients} ${quantity(ports)} ports, by the sessions that ${node} has, those of the other nodes included. ` +
    `Traffic ‘–’: not comparable with the list before. ` +
    'More, and by remote addresses and ports: isthmus top clients|remotes|pool4|ports.'
  );
}
