import { useId, useState } from 'react'
import type { Criterion } from '../../shared/evidence/common/entry.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { REFERENCE } from '../../shared/reference/reference.ts'
import { showMeasuredAt } from '../store/measuredAt.ts'
import { showSource } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Quantities } from '../ui/Quantities.tsx'
import styles from './card.module.css'
import { PICTURE, planPicture } from './planPicture.ts'

/** One thing that was measured, its picture, and what is published of it. */
export function CardRow({ row }: { readonly row: EvidenceRow }) {
  const { entry, label, finding, criteria, isMissing } = row
  const [isOpen, setOpen] = useState(false)
  const moreId = useId()
  if (finding.is === 'refused') {
    return (
      <li className={styles.row}>
        <p className={styles.label}>{label}</p>
        <p className={styles.reason}>
          <Quantities>{finding.reason}</Quantities>
        </p>
      </li>
    )
  }
  const { text, where, picture, note } = finding
  const [first, ...others] = criteria
  const words = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        <Quantities>{text}</Quantities>
      </span>
      {picture !== null && (
        <svg className={styles.picture} width={PICTURE.width} height={PICTURE.height} aria-hidden="true">
          <path d={planPicture(picture).trace} className={styles.trace} />
          <path d={planPicture(picture).moments} className={styles.moments} />
        </svg>
      )}
    </>
  )
  return (
    <li className={styles.row} data-missing={isMissing}>
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
      {note !== undefined && (
        <p className={styles.note}>
          <Quantities>{note}</Quantities>
        </p>
      )}
      {first !== undefined && <Published entry={entry} criterion={first} />}
      <Button
        look="small"
        className={styles.more}
        data-roving={`${entry}/more`}
        aria-expanded={isOpen}
        aria-controls={moreId}
        aria-label={`More on ${label}`}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'less' : 'more'}
      </Button>
      <div id={moreId} hidden={!isOpen}>
        {isOpen && <More row={row} others={others} />}
      </div>
    </li>
  )
}

function Published({ entry, criterion }: { readonly entry: string; readonly criterion: Criterion }) {
  return (
    <p className={styles.criterion}>
      <Quantities>{criterion.text}</Quantities>{' '}
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
        <Published key={criterion.text} entry={entry} criterion={criterion} />
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
