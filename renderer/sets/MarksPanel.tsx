import { type ReactNode, useMemo, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { KINDS, type MarkKind, markName, specificName } from '../../shared/annotation/kinds.ts'
import { countsByKind } from '../../shared/annotation/queries.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { RowTime } from '../page/RowTime.tsx'
import { deleteSelected, selectMark } from '../store/marking.ts'
import { documentOf, selectedMarkOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { ToggleChip } from '../ui/Chip.tsx'
import { Key } from '../ui/Key.tsx'
import { ListRow } from '../ui/ListRow.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { KindGlyph } from './KindGlyph.tsx'
import { MarkEditor } from './MarkEditor.tsx'
import styles from './sets.module.css'

const NO_MARKS: readonly Mark[] = []

/** The list of marks, what is chosen of it, and the chosen one's facts. */
export function MarksPanel({ measured }: { readonly measured: (mark: Mark) => ReactNode }) {
  const document = useReview(documentOf)
  const selected = useReview(selectedMarkOf)
  const [hidden, setHidden] = useState<ReadonlySet<MarkKind>>(new Set())
  const marks = document?.marks ?? NO_MARKS
  const counts = useMemo(() => (document === null ? null : countsByKind(document)), [document])
  const listed = useMemo(() => marks.filter((mark) => !hidden.has(mark.kind)), [marks, hidden])
  const chosen = selected === null ? -1 : listed.findIndex((mark) => mark.id === selected.id)

  function toggle(kind: MarkKind): void {
    const next = new Set(hidden)
    if (!next.delete(kind)) next.add(kind)
    setHidden(next)
  }

  return (
    <>
      <fieldset className={styles.kindFilters} aria-label="Kinds in the list">
        {KINDS.map((kind) => (
          <ToggleChip
            key={kind.code}
            className={styles.kindFilter}
            aria-pressed={!hidden.has(kind.code)}
            onClick={() => toggle(kind.code)}
          >
            <KindGlyph kind={kind.code} />
            {kind.label} <span className={styles.count}>{counts?.[kind.code] ?? 0}</span>
          </ToggleChip>
        ))}
      </fieldset>
      <VirtualList
        label="Marks"
        items={listed}
        keyOf={(mark) => mark.id}
        chosen={chosen}
        rowHeight={34}
        onChoose={(mark) => selectMark(mark.id, { show: true })}
        onDelete={deleteSelected}
        empty={
          marks.length === 0 ? (
            <>
              <p>No marks yet.</p>
              <p>
                Drag over the page, then press <Key>1</Key> hypnic jerk, <Key>2</Key> 3 Hz spike-and-wave,{' '}
                <Key>3</Key> mimic or <Key>0</Key> uncertain.
              </p>
            </>
          ) : (
            <p>Every kind that was marked is hidden above.</p>
          )
        }
      >
        {(mark) => (
          <ListRow
            title={mark.comment === '' ? markName(mark) : mark.comment}
            name={specificName(mark)}
            aside={mark.comment === '' ? null : `“${mark.comment}”`}
            end={formatDuration(secondsFromTicks(mark.duration))}
          >
            <KindGlyph kind={mark.kind} />
            <RowTime time={secondsFromTicks(mark.onset)} />
          </ListRow>
        )}
      </VirtualList>
      {selected !== null && (
        <div className={styles.selected}>
          <MarkEditor key={selected.id} mark={selected} />
          {measured(selected)}
        </div>
      )}
    </>
  )
}
