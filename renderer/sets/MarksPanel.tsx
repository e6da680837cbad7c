import { type ReactNode, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Mark } from '../../shared/annotation/document.ts'
import { markName, specificName } from '../../shared/annotation/kinds.ts'
import { countsByKind } from '../../shared/annotation/queries.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { RowTime } from '../page/RowTime.tsx'
import { chooseOutlined } from '../store/lanes.ts'
import { deleteSelected, selectMark } from '../store/marking.ts'
import {
  activePane,
  activeSet,
  asksWhoReads,
  isMarkable,
  lanesOf,
  ownPane,
  readerOf,
  selectedMarkOf,
  shortReaderOf,
} from '../store/selectors.ts'
import { hasSignalIn } from '../store/shownIn.ts'
import { useReview } from '../store/state.ts'
import { Key } from '../ui/Key.tsx'
import { ListRow } from '../ui/ListRow.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { isFiltered, type ListedMark, listedSet, listMarks, NO_FILTER } from './listMarks.ts'
import { MarkEditor } from './MarkEditor.tsx'
import { MarkFilters } from './MarkFilters.tsx'
import { SetList } from './SetList.tsx'
import styles from './sets.module.css'

/** The recording's sets, the marks of those that are shown, what is chosen of them, and the chosen one's facts. */
export function MarksPanel({ measured }: { readonly measured: (mark: Mark) => ReactNode }) {
  const active = useReview(useShallow((state) => listedSet(activeSet(state))))
  const lanes = useReview(useShallow((state) => lanesOf(state.sets)))
  const selected = useReview(selectedMarkOf)
  const outlined = useReview((state) => activePane(state).outlined)
  const hasSignal = useReview((state) => hasSignalIn(state, ownPane(state)))
  const asks = useReview(asksWhoReads)
  const code = useReview(({ shell }) => shell.settings.reviewer)
  const canMark = useReview((state) => isMarkable(activeSet(state)))
  const [filter, setFilter] = useState(NO_FILTER)
  const sets = useMemo(() => (active === null ? [] : [active, ...lanes]), [active, lanes])
  const reader = sets.some(({ setId }) => setId === filter.reader) ? filter.reader : null
  const wanted = useMemo(() => ({ ...filter, reader }), [filter, reader])
  const counts = useMemo(() => countsByKind(sets.map(({ document }) => document)), [sets])
  const listed = useMemo(() => listMarks(sets, wanted), [sets, wanted])
  const chosen = useMemo(() => {
    if (outlined !== null) {
      return listed.findIndex(({ set, mark }) => mark.id === outlined.markId && set.setId === outlined.setId)
    }
    if (selected === null) return -1
    return listed.findIndex(({ set, mark }) => mark.id === selected.id && set === active)
  }, [listed, outlined, selected, active])
  const hasMarks = sets.some(({ document }) => document.marks.length > 0)

  function choose({ set, mark }: ListedMark): void {
    if (set === active) selectMark(mark.id, { show: true })
    else chooseOutlined(set, mark)
  }

  return (
    <>
      <SetList />
      <MarkFilters filter={wanted} onChange={setFilter} counts={counts} sets={sets} />
      <VirtualList
        label="Marks"
        items={listed}
        keyOf={({ set, mark }) => `${set.setId} ${mark.id}`}
        chosen={chosen}
        rowHeight={34}
        onChoose={choose}
        onDelete={deleteSelected}
        empty={
          !hasMarks ? (
            <>
              {!asks && <p>No marks yet.</p>}
              {asks ? (
                <p>Say first whether you are {code}: until then there is no set to mark in.</p>
              ) : !hasSignal ? (
                <p>This file holds no signal to mark.</p>
              ) : (
                canMark && (
                  <p>
                    Drag over the page, then press <Key>1</Key> hypnic jerk, <Key>2</Key> 3 Hz spike-and-wave,{' '}
                    <Key>3</Key> mimic or <Key>0</Key> uncertain.
                  </p>
                )
              )}
            </>
          ) : isFiltered(wanted) ? (
            <p>No mark is as the filter above asks.</p>
          ) : (
            <p>Every kind that was marked is hidden above.</p>
          )
        }
      >
        {({ set, mark }) => (
          <ListRow
            title={[
              mark.comment === '' ? markName(mark) : mark.comment,
              ...(sets.length > 1 ? [readerOf(set)] : []),
            ].join(' · ')}
            name={specificName(mark)}
            owner={sets.length > 1 ? shortReaderOf(set) : null}
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
