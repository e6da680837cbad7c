import { useMemo, useState } from 'react'
import {
  CONFUSION_DETAILS,
  type ConfusionDetail,
  type ConfusionLabel,
  confusionOf,
} from '../../shared/agreement/confusion.ts'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { chooseCell } from '../store/comparing.ts'
import type { Comparison } from '../store/comparison.ts'
import { useReview } from '../store/state.ts'
import { Toggles } from '../ui/Toggles.tsx'
import styles from './compare.module.css'

type Props = { readonly comparison: Comparison; readonly pair: Comparison['pairs'][number] }

/** Who calls what how; a count leads to its events. */
export function ConfusionTable({ comparison, pair }: Props) {
  const { several, names } = comparison
  const { a: reference, b: other } = pair
  const cell = useReview((state) => state.comparing.cell)
  const [detail, setDetail] = useState<ConfusionDetail>('kinds')
  const { labels, counts } = useMemo(
    () => confusionOf(several.cases, { reference, other, detail }),
    [several, reference, other, detail],
  )
  if (several.cases.length === 0) return null
  return (
    <section aria-label="Confusion table">
      <div className={styles.confusionHead}>
        <strong>Confusion</strong>
        <Toggles
          label="Detail of the table"
          options={CONFUSION_DETAILS}
          value={[detail]}
          onChange={([next]) => {
            if (next !== undefined) setDetail(next)
          }}
        />
      </div>
      <p className={styles.hint}>
        {`Rows ${names[reference]}, columns ${names[other]}. A count leads to its events.`}
      </p>
      <div className={styles.confusionScroll}>
        <table className={styles.confusion}>
          <thead>
            <tr>
              <td />
              {labels.map((label) => (
                <th key={label.code} scope="col" title={label.name}>
                  <Label label={label} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((row, at) => (
              <tr key={row.code}>
                <th scope="row" title={row.name}>
                  <Label label={row} />
                </th>
                {labels.map((column, over) => {
                  const count = counts[at]?.[over] ?? 0
                  const own = { reference, other, detail, row: row.code, column: column.code }
                  const isChosen = sameValue(cell, own)
                  return (
                    <td key={column.code} data-same={at === over}>
                      {count === 0 ? (
                        <span className={styles.none} aria-hidden="true">
                          ·
                        </span>
                      ) : (
                        <button
                          type="button"
                          aria-pressed={isChosen}
                          aria-label={`${names[reference]}: ${row.name}, ${names[other]}: ${column.name}, ${count}`}
                          onClick={() => chooseCell(own)}
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
    </section>
  )
}

function Label({ label: { kind, name } }: { readonly label: ConfusionLabel }) {
  return (
    <span className={styles.confusionLabel}>
      {kind !== null && <KindGlyph kind={kind} />}
      <span>{name.replace(/^Mimic · /, '')}</span>
    </span>
  )
}
