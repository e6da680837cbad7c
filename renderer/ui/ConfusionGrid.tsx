import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react'
import styles from './ConfusionGrid.module.css'

type Named<Code extends string> = {
  readonly code: Code
  /** In full, where the label is cut short. */
  readonly name: string
  readonly label: ReactNode
}

type Props<Code extends string> = {
  readonly rows: readonly Named<Code>[]
  readonly columns: readonly Named<Code>[]
  readonly countOf: (row: Code, column: Code) => number
  /** Spoken in place of a count. */
  readonly describe: (row: string, column: string, count: number) => string
  readonly isChosen: (row: Code, column: Code) => boolean
  readonly onChoose: (row: Code, column: Code) => void
  /** In a panel, where a dialog's width is not to be had. */
  readonly dense?: boolean
}

/** Who calls what how: counts of rows against columns, each of which leads to what was counted. */
export function ConfusionGrid<Code extends string>(props: Props<Code>) {
  const { rows, columns, countOf, describe, isChosen, onChoose, dense = false } = props
  const scroll = useRef<HTMLDivElement>(null)
  // What a choice opens may take room from the table: the cell that was chosen stays in sight.
  const chosen = rows
    .flatMap((row) =>
      columns
        .filter((column) => isChosen(row.code, column.code))
        .map((column) => `${row.code} ${column.code}`),
    )
    .join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each choice
  useEffect(() => keepInSight(scroll.current), [chosen])
  return (
    <div ref={scroll} className={styles.scroll} data-dense={dense}>
      <table
        className={styles.table}
        data-dense={dense}
        style={{ '--columns': columns.length } as CSSProperties}
      >
        <thead>
          <tr>
            <td className={styles.corner} />
            {columns.map(({ code, name, label }) => (
              <th key={code} scope="col" title={name}>
                <span className={styles.label}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row" title={row.name}>
                <span className={styles.label}>{row.label}</span>
              </th>
              {columns.map((column) => {
                const count = countOf(row.code, column.code)
                return (
                  <td key={column.code} data-same={row.code === column.code}>
                    {count === 0 ? (
                      <span className={styles.none} aria-hidden="true">
                        ·
                      </span>
                    ) : (
                      <button
                        type="button"
                        aria-pressed={isChosen(row.code, column.code)}
                        aria-label={describe(row.name, column.name, count)}
                        onClick={() => onChoose(row.code, column.code)}
                      >
                        {count}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The control in it that has the focus, in whatever scrolls around it. */
function keepInSight(element: HTMLElement | null): void {
  const { activeElement } = document
  if (element?.contains(activeElement) === true)
    activeElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
