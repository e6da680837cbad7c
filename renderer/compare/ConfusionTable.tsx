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
import { ConfusionGrid } from '../ui/ConfusionGrid.tsx'
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
  const named = labels.map((label) => ({ ...label, label: <Label label={label} /> }))
  const orderOf = (code: string) => labels.findIndex((label) => label.code === code)
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
      <ConfusionGrid
        dense
        rows={named}
        columns={named}
        countOf={(row, column) => counts[orderOf(row)]?.[orderOf(column)] ?? 0}
        describe={(row, column, count) => `${names[reference]}: ${row}, ${names[other]}: ${column}, ${count}`}
        isChosen={(row, column) => sameValue(cell, { reference, other, detail, row, column })}
        onChoose={(row, column) => chooseCell({ reference, other, detail, row, column })}
      />
    </section>
  )
}

function Label({ label: { kind, name } }: { readonly label: ConfusionLabel }) {
  return (
    <>
      {kind !== null && <KindGlyph kind={kind} />}
      <span>{name.replace(/^Mimic · /, '')}</span>
    </>
  )
}
