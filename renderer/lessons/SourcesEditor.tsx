import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { plainLine } from '../../shared/annotation/plainText.ts'
import { type CaseSource, type LessonCase, MAX_LINE, MAX_SOURCES } from '../../shared/teaching/lesson.ts'
import { isWebAddress } from '../../shared/teaching/lessonSchema.ts'
import { changeSources } from '../store/lessonEditing.ts'
import { notify } from '../store/notices.ts'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import styles from './lessons.module.css'

/** Where the rationale comes from: a line each, with an address or without. */
export function SourcesEditor({ chosen }: { readonly chosen: LessonCase }) {
  const { sources, id } = chosen
  const [draft, setDraft] = useState('')
  const put = (index: number, source: CaseSource) => changeSources(id, sources.with(index, source))

  function add(): void {
    const source = sourceOf(draft)
    if (source === null) return
    changeSources(id, [...sources, source])
    setDraft('')
  }

  return (
    <section className={styles.part} aria-label="Sources">
      <h4>Sources</h4>
      {sources.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sources have no other name, and a field must not lose the focus
        <div key={index} className={styles.source}>
          <SourceField source={source} number={index + 1} onCommit={(changed) => put(index, changed)} />
          <Button
            look="icon"
            aria-label={`Remove source ${index + 1}`}
            title="Remove this source"
            onClick={() => changeSources(id, sources.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
      {sources.length < MAX_SOURCES && (
        <div className={styles.source}>
          <Input
            aria-label="Another source"
            placeholder="Authors, year, journal; https://…"
            value={draft}
            maxLength={MAX_LINE}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add()
            }}
          />
          <Button look="icon" aria-label="Add the source" title="Add the source" onClick={add}>
            <Plus size={14} aria-hidden="true" />
          </Button>
        </div>
      )}
    </section>
  )
}

/** To be read only. */
export function SourceList({ chosen }: { readonly chosen: LessonCase }) {
  if (chosen.sources.length === 0) return null
  return (
    <section className={styles.part} aria-label="Sources">
      <h4>Sources</h4>
      <ul className={styles.sources}>
        {chosen.sources.map((source) => (
          <li key={textOf(source)}>{textOf(source)}</li>
        ))}
      </ul>
    </section>
  )
}

function SourceField({
  source,
  number,
  onCommit,
}: {
  readonly source: CaseSource
  readonly number: number
  readonly onCommit: (source: CaseSource) => void
}) {
  const text = textOf(source)
  const [draft, setDraft] = useState<string | null>(null)

  function commit(): void {
    setDraft(null)
    if (draft === null || draft === text) return
    const changed = sourceOf(draft)
    if (changed === null) return notify('info', 'A source needs a few words; the cross beside it removes it.')
    onCommit(changed)
  }

  return (
    <Input
      aria-label={`Source ${number}`}
      title={text}
      value={draft ?? text}
      maxLength={2 * MAX_LINE}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}

function textOf({ text, url }: CaseSource): string {
  return url === null || text === url ? text : `${text} ${url}`
}

/** What was typed as a source: an address at its end is one; null where nothing was. */
function sourceOf(typed: string): CaseSource | null {
  const plain = plainLine(typed).slice(0, 2 * MAX_LINE)
  if (plain === '') return null
  const last = plain.split(' ').at(-1) ?? ''
  const url = isWebAddress(last) && last.length <= MAX_LINE ? last : null
  const text = (url === null ? plain : plain.slice(0, -last.length).replace(/[\s;,]+$/, '') || url).slice(
    0,
    MAX_LINE,
  )
  return { text, url }
}
