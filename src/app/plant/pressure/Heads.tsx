// The heading row of a list, with those columns as buttons that the list can be sorted by.

import own from './Pressure.module.css';

export interface Column<Sort extends string> {
  readonly title: string;
  /** Shown muted behind the title. */
  readonly unit?: string;
  readonly sort?: Sort;
  readonly help?: string;
  /** px; left out: what remains. */
  readonly width?: number;
  readonly number?: boolean;
}

interface Props<Sort extends string> {
  readonly columns: readonly Column<Sort>[];
  readonly sort: Sort;
  onSort(sort: Sort): void;
}

export function Heads<Sort extends string>({ columns, sort, onSort }: Props<Sort>) {
  return (
    <>
      <colgroup>
        {columns.map(({ title, width }) => (
          <col key={title} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ title, unit, sort: by, help, number }) => {
            const words = (
              <>
                {title}
                {unit !== undefined && <span className={own.headUnit}> {unit}</span>}
              </>
            );
            return (
              <th
                key={title}
                scope="col"
                title={help}
                className={number ? own.number : undefined}
                aria-sort={by === sort ? 'descending' : undefined}
              >
                {by === undefined ? (
                  words
                ) : (
                  <button type="button" className={own.sort} title={help} onClick={() => onSort(by)}>
                    {words}
                    <span aria-hidden="true">{by === sort ? ' ↓' : ''}</span>
                  </button>
                )}
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}
