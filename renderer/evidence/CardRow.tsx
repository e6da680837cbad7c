import { ChevronDown, ChevronRight, Pin } from 'lucide-react'
import { useId, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import type { Criterion } from '../../shared/evidence/common/entry.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { REFERENCE } from '../../shared/reference/reference.ts'
import { showMeasuredAt } from '../store/measuredAt.ts'
import { togglePinned } from '../store/pinning.ts'
import { selectedMarkOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { showSource } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Quantities } from '../ui/Quantities.tsx'
import styles from './card.module.css'
import { PICTURE, planPicture } from './planPicture.ts'

/** One thing that was measured, its picture, and what is published of it. */
export function CardRow({ row, mark }: { readonly row: EvidenceRow; readonly mark: Mark | null }) {
  const { entry, label, finding, criteria, isMissing } = row
  const [isOpen, setOpen] = useState(false)
  const moreId = useId()
  if (finding.is === 'refused') return null
  const { text, where, picture, note } = finding
  const [first, ...others] = criteria
  const drawn = picture === null ? null : planPicture(picture)
  const words = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        <Quantities>{text}</Quantities>
      </span>
      {drawn !== null && (
        <svg className={styles.picture} width={PICTURE.width} height={PICTURE.height} aria-hidden="true">
          <path d={drawn.trace} className={styles.trace} />
          <path d={drawn.moments} className={styles.moments} />
        </svg>
      )}
    </>
  )
  const Sign = isOpen ? ChevronDown : ChevronRight
  return (
    <li className={styles.row} data-missing={isMissing}>
      <div className={styles.line}>
        {where === null ? (
          <p className={styles.words}>{words}</p>
        ) : (
          <button
            type="button"
            className={styles.words}
            data-roving={`${entry}/show`}
            title={where.channel === null ? 'Show where' : `Show where: ${where.channel}`}
            onClick={() => showMeasuredAt(where)}
          >
            {words}
          </button>
        )}
        <span className={styles.signs}>
          <Button
            look="icon"
            data-roving={`${entry}/more`}
            aria-expanded={isOpen}
            aria-controls={moreId}
            aria-label={`More on ${label}`}
            title="How it was measured, and what else is published"
            onClick={() => setOpen(!isOpen)}
          >
            <Sign size={14} aria-hidden="true" />
          </Button>
          {!isMissing && mark !== null && <PinButton row={row} mark={mark} />}
        </span>
      </div>
      {note !== undefined && (
        <p className={styles.note}>
          <Quantities>{note}</Quantities>
        </p>
      )}
      {first === undefined ? (
        !isMissing && <p className={styles.criterion}>No published limit is known to us.</p>
      ) : (
        <Published entry={entry} criterion={first} isWhole={isOpen} />
      )}
      <div id={moreId} hidden={!isOpen}>
        {isOpen && <More row={row} others={others} />}
      </div>
    </li>
  )
}

/** Puts the value into the mark, or takes it out again; only of one's own marks. */
function PinButton({ row, mark }: { readonly row: EvidenceRow; readonly mark: Mark }) {
  // The marks of a quiz are its answers.
  const isOwn = useReview((state) => state.quiz === null && selectedMarkOf(state)?.id === mark.id)
  const isPinned = mark.measured?.some(({ entry }) => entry === row.entry) ?? false
  if (!isOwn) return null
  return (
    <Button
      look="icon"
      data-roving={`${row.entry}/pin`}
      aria-pressed={isPinned}
      aria-label={`Pin to the mark: ${row.label}`}
      title={isPinned ? 'Take it out of the mark' : 'Pin to the mark: the value is kept in it'}
      onClick={() => togglePinned(mark.id, row)}
    >
      <Pin size={14} aria-hidden="true" fill={isPinned ? 'currentColor' : 'none'} />
    </Button>
  )
}

type PublishedProps = {
  readonly entry: string
  readonly criterion: Criterion
  /** In full; else in one line. */
  readonly isWhole: boolean
}

function Published({ entry, criterion, isWhole }: PublishedProps) {
  return (
    <p className={styles.criterion} data-whole={isWhole}>
      <span title={isWhole ? undefined : criterion.text}>
        <Quantities>{criterion.text}</Quantities>
      </span>
      {criterion.sources.map((source) => {
        const number = REFERENCE.numbers.get(source)
        const found = REFERENCE.sources.find(({ id }) => id === source)
        if (number === undefined || found === undefined) return null
        return (
          <Button
            key={source}
            look="small"
            data-roving={`${entry}/${criterion.text}/${source}`}
            aria-label={`Source ${number}: ${found.authors}`}
            title={`${found.authors}${found.year === null ? '' : ` ${found.year}`}: show in the Reference`}
            onClick={() => showSource(source)}
          >
            {number}
          </Button>
        )
      })}
    </p>
  )
}

/** What else is published, the values one by one, and how it was measured. */
function More({ row, others }: { readonly row: EvidenceRow; readonly others: readonly Criterion[] }) {
  const { entry, finding, algorithm, error } = row
  const table = finding.is === 'measured' ? finding.table : undefined
  return (
    <>
      {others.map((criterion) => (
        <Published key={criterion.text} entry={entry} criterion={criterion} isWhole />
      ))}
      {table !== undefined && (
        <table className={styles.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((cells) => (
              <tr key={cells.join()}>
                {cells.map((cell, column) => (
                  <td key={table.columns[column]}>
                    <Quantities>{cell}</Quantities>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.how}>
        <Quantities>{`${algorithm}${error === '' ? '' : ` Error: ${error}.`}`}</Quantities>
      </p>
    </>
  )
}
