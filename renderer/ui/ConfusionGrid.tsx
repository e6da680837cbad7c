import type { ReactNode } from 'react'
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
  return (
    <div className={styles.scroll}>
      <table className={styles.table} data-dense={dense}>
        <thead>
          <tr>
            <td />
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
