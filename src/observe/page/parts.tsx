import type { ComponentChildren, JSX } from 'preact';
import type { Level } from './figures.ts';

const SHAPES: Readonly<Record<Level, string>> = {
  good: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z',
  warning: 'M8 1.5 15 14H1Z',
  bad: 'M5 1.5h6l3.5 3.5v6L11 14.5H5L1.5 11V5Z',
  idle: 'M8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3Zm0 2a3 3 0 1 1 0 6 3 3 0 1 1 0-6Z',
};

/** A mark whose shape tells what its colour does. */
export function Mark({ level }: { readonly level: Level }): JSX.Element {
  return (
    <svg class={`mark ${level}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[level]} fill-rule="evenodd" />
    </svg>
  );
}

export interface Column<Row> {
  readonly title: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** On a narrow screen each row is a card; the roles keep it a table for a screen reader. */
export function Table<Row>({ label, columns, rows, keyOf }: TableProps<Row>): JSX.Element {
  return (
    <table role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, numeric }) => (
            <th role="columnheader" scope="col" class={numeric === true ? 'numeric' : ''} key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" key={keyOf(row)}>
            {columns.map(({ title, numeric, cell }) => {
              const content = cell(row);
              const name = `${numeric === true ? 'numeric' : ''} ${content === '' ? 'blank' : ''}`;
              return (
                <td role="cell" class={name} data-title={title} key={title}>
                  <span>{content}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PanelProps {
  readonly title: string;
  readonly id: string;
  readonly class?: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ title, id, class: name = '', aside, children }: PanelProps): JSX.Element {
  return (
    <section class={`panel ${name}`} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
