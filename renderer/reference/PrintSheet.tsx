/**
 * One page for a teaching session: the table in short, its sources, the statement. Mount it, print
 * (or save as PDF), unmount it; the style sheet hides everything else on paper and this on screen.
 */
import { createPortal } from 'react-dom'
import { REFERENCE, sourcesOf, statementsOf } from '../../shared/reference/reference.ts'
import {
  EVENTS,
  type EventCode,
  HEADS,
  type Head,
  type Source,
  type Statement,
} from '../../shared/reference/schema.ts'
import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { EventHeads } from './EventHeads.tsx'
import { EventTrace } from './EventTrace.tsx'
import styles from './print.module.css'

/** Marks on the sheet, explained at its foot. */
const SIGNS: Readonly<Record<Statement['evidence'], string>> = {
  primary: '',
  secondary: '\u00a0*',
  teaching: '\u00a0†',
  unverified: '',
}

export function PrintSheet() {
  return createPortal(<Sheet />, document.body)
}

function Sheet() {
  const shown = HEADS.flatMap((head) => EVENTS.flatMap((event) => onSheet(head, event)))
  const cited = new Map(
    shown.flatMap((statement) =>
      sourcesOf(REFERENCE, statement).map(({ number, source }) => [number, source] as const),
    ),
  )
  return (
    <article className={styles.sheet}>
      <h1>Hypnic jerk and typical absence</h1>
      <div className={styles.traces}>
        {EVENTS.map((event) => (
          <EventTrace key={event} event={event} />
        ))}
      </div>
      <table>
        <colgroup>
          <col className={styles.heads} />
          <col />
          <col />
        </colgroup>
        <EventHeads />
        <tbody>
          {HEADS.map((head) => (
            <tr key={head}>
              <th scope="row">{REFERENCE.headLabels[head]}</th>
              {EVENTS.map((event) => (
                <td key={event}>
                  {onSheet(head, event).map((statement) => (
                    <p key={statement.id}>
                      {statement.sheet}
                      {statement.asOf === undefined ? '' : ` (${statement.asOf})`}
                      {SIGNS[statement.evidence]}
                      <sup>
                        {sourcesOf(REFERENCE, statement)
                          .map(({ number }) => number)
                          .join(',')}
                      </sup>
                    </p>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.key}>
        * {REFERENCE.evidenceLabels.secondary.toLowerCase()}. †{' '}
        {REFERENCE.evidenceLabels.teaching.toLowerCase()}. Others:{' '}
        {REFERENCE.evidenceLabels.primary.toLowerCase()}. Treatment rows are general and of the date of their
        source. Checked {REFERENCE.checked}.
      </p>
      <ol className={styles.sources}>
        {[...cited]
          .sort(([a], [b]) => a - b)
          .map(([number, source]) => (
            <li key={source.id} value={number}>
              {shortCitation(source)}
            </li>
          ))}
      </ol>
      <footer>{TEACHING_STATEMENT}</footer>
    </article>
  )
}

function onSheet(head: Head, event: EventCode): readonly Statement[] {
  return statementsOf(REFERENCE, head, event).filter(({ sheet }) => sheet !== undefined)
}

/** As short as finds it: a journal's place or DOI is enough, a web page needs its title. */
function shortCitation(source: Source): string {
  const title = source.url === undefined || source.title === undefined ? '' : `${source.title}. `
  const year = source.year === null ? '' : ` (${source.year})`
  const doi = source.doi === undefined ? '' : `. doi:${source.doi}`
  return `${source.authors}. ${title}${source.where}${year}${doi}`.replaceAll(/([.?])\./g, '$1')
}
