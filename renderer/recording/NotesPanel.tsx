import { useState } from 'react'
import type { FileAnnotation } from '../../shared/edf/model.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { RowTime } from '../page/RowTime.tsx'
import { useReview } from '../store/state.ts'
import { placeCursor, reveal } from '../store/viewing.ts'
import { VirtualList } from '../ui/VirtualList.tsx'

/** The file's own annotations, as they are written in it: to read and to go to, never to change. */
export function NotesPanel() {
  const notes = useReview((state) => state.notes)
  const scan = useReview((state) => state.scan)
  const [chosen, setChosen] = useState(-1)

  function choose(note: FileAnnotation, index: number): void {
    setChosen(index)
    placeCursor(note.onset)
    reveal({ start: note.onset, end: note.onset + Math.min(note.duration ?? 0, 5) })
  }

  return (
    <VirtualList
      label="Annotations in the file"
      items={notes}
      keyOf={(_note, index) => String(index)}
      chosen={chosen}
      rowHeight={34}
      onChoose={choose}
      empty={
        scan === null ? (
          <p>This file has no annotations of its own.</p>
        ) : (
          <p>Reading the file’s annotations… {Math.round(scan * 100)} %</p>
        )
      }
    >
      {(note) => (
        <>
          <RowTime time={note.onset} />
          <span className="row-name" title={note.text}>
            {note.text === '' ? '(no text)' : note.text}
            {note.channel !== null && <span className="row-comment"> {note.channel}</span>}
          </span>
          <span className="row-duration">{note.duration === null ? '' : formatDuration(note.duration)}</span>
        </>
      )}
    </VirtualList>
  )
}
