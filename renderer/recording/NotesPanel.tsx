import { useMemo, useState } from 'react'
import { CODE_PAGES, type CodePage } from '../../shared/edf/header/codePages.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { findNotes } from '../../shared/text/findNotes.ts'
import { RowTime } from '../page/RowTime.tsx'
import { toOwnPage } from '../store/activePage.ts'
import { readTextsIn } from '../store/opening.ts'
import { notesOf, openedOf, scanOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { placeCursor, reveal } from '../store/viewing.ts'
import { Input } from '../ui/Field.tsx'
import { ListRow } from '../ui/ListRow.tsx'
import { ValueSelect } from '../ui/ValueSelect.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import styles from './recording.module.css'

/** The file's own annotations, as they are written in it: to read and to go to, never to change. */
export function NotesPanel() {
  const notes = useReview(notesOf)
  const scan = useReview(scanOf)
  const [wanted, setWanted] = useState('')
  const [last, setLast] = useState<FileAnnotation | null>(null)
  const found = useMemo(() => findNotes(notes, wanted), [notes, wanted])
  const chosen = last === null ? -1 : found.indexOf(last)

  function choose(note: FileAnnotation): void {
    setLast(note)
    toOwnPage()
    placeCursor(note.onset)
    reveal({ start: note.onset, end: note.onset + Math.min(note.duration ?? 0, 5) })
  }

  return (
    <>
      <TextsIn />
      {notes.length > 0 && (
        <search className={styles.search}>
          <Input
            id="notes-search"
            type="search"
            aria-label="Find in the notes"
            placeholder="Find in the notes"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            onKeyDown={(event) => {
              // Enter goes through what was found, Escape shows all again.
              const next = found[(chosen + 1) % found.length]
              if (event.key === 'Enter' && next !== undefined) choose(next)
              else if (event.key === 'Escape') setWanted('')
            }}
          />
          <span role="status">
            {found.length} of {notes.length}
          </span>
        </search>
      )}
      <VirtualList
        label="Annotations in the file"
        items={found}
        keyOf={(_note, index) => String(index)}
        chosen={chosen}
        rowHeight={34}
        onChoose={choose}
        empty={
          notes.length > 0 ? (
            <p>No note has these words.</p>
          ) : scan === null ? (
            <p>This file has no annotations of its own.</p>
          ) : (
            <p>Reading the file’s annotations… {Math.round(scan * 100)} %</p>
          )
        }
      >
        {(note) => (
          <ListRow
            title={note.text}
            name={note.text === '' ? '(no text)' : note.text}
            aside={note.channel}
            end={note.duration === null ? '' : formatDuration(note.duration)}
          >
            <RowTime time={note.onset} />
          </ListRow>
        )}
      </VirtualList>
    </>
  )
}

/** Which code page the file's texts are in: no byte of it tells, the reader sees it. */
function TextsIn() {
  const codePage = useReview((state) => openedOf(state)?.codePage ?? null)
  if (codePage === null) return null
  return (
    <div className={styles.textsIn}>
      <ValueSelect
        label="Texts in"
        value={codePage}
        options={CODE_PAGES.map(({ id, name }) => ({ value: id, text: name }))}
        note="The code page of the file's texts: notes and labels. It is remembered for this recording."
        onChange={(value) => void readTextsIn(value as CodePage)}
      />
    </div>
  )
}
