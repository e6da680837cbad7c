import type { Scores } from '../../shared/agreement/agreement.ts'
import type { PairFigures as Figures } from '../../shared/agreement/compareAll.ts'
import { kindOf } from '../../shared/annotation/kinds.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { Problem } from '../ui/Field.tsx'
import styles from './compare.module.css'
import { figureText, intervalText, medianText, quartilesText } from './figureText.ts'

/** How well a set agrees with the reference: where and what apart, each with its counts and what to mind of it. */
export function PairFigures({ agreement }: { readonly agreement: Figures }) {
  const { reference, other, where, what, outside, unjoined, szcore } = agreement
  const away = outside[0] + outside[1]
  const notes = [what.kappa.note, where.sensitivity.note, where.precision.note, where.f1.note]
  return (
    <>
      <p className={styles.range}>
        Both have reviewed {formatElapsed(agreement.commonLength)}.
        {away > 0 && ` Outside of it, not counted: ${outside[0]} of ${reference}, ${outside[1]} of ${other}.`}
      </p>
      {agreement.problem !== null && <Problem>{agreement.problem}</Problem>}
      <table className={styles.table}>
        <caption>
          Where <span>{`is there an event: ${other} against ${reference}`}</span>
        </caption>
        <tbody>
          <Row name="Sensitivity" value={figureText(where.sensitivity)}>
            {where.both} of {where.reference} of {reference}
          </Row>
          <Row name="Precision" value={figureText(where.precision)}>
            {where.both} of {where.other} of {other}
          </Row>
          <Row name="F1" value={figureText(where.f1)}>
            {unjoined === null ? '' : `${figureText(unjoined.f1)} with runs in pieces`}
          </Row>
          <Row name="Onset later by" value={medianText(where.onset)}>
            {quartilesText(where.onset)}
          </Row>
          <Row name="End later by" value={medianText(where.offset)}>
            {quartilesText(where.offset)}
          </Row>
        </tbody>
      </table>
      <table className={styles.table}>
        <caption>
          What <span>is it called, where both have an event</span>
        </caption>
        <tbody>
          <Row name="Same kind" value={String(what.same)}>
            of {where.both}
          </Row>
          <Row name="Cohen’s kappa" value={figureText(what.kappa)}>
            {intervalText(what.kappa)}
          </Row>
          <Row name="Gwet’s AC1" value={figureText({ value: what.ac1 })}>
            {''}
          </Row>
        </tbody>
      </table>
      {notes
        .filter((note, index) => note !== null && notes.indexOf(note) === index)
        .map((note) => (
          <p key={note} className={styles.hint}>
            {note}
          </p>
        ))}
      <details className={styles.more}>
        <summary>By kind, and SzCORE</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Found and called so</th>
              <th scope="col">Sens.</th>
              <th scope="col">Prec.</th>
              <th scope="col">F1</th>
              <th scope="col">Onset</th>
            </tr>
          </thead>
          <tbody>
            {agreement.kinds.map((kind) => (
              <tr key={kind.kind}>
                <th scope="row">
                  <span className={styles.kind}>
                    <KindGlyph kind={kind.kind} /> {kindOf(kind.kind).label}
                  </span>
                  <span className={styles.hint}>{countsText(kind)}</span>
                </th>
                <td>{figureText(kind.sensitivity)}</td>
                <td>{figureText(kind.precision)}</td>
                <td>{figureText(kind.f1)}</td>
                <td>{medianText(kind.onset)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {szcore !== null && (
          <>
            <table className={styles.table}>
              <caption>
                SzCORE (seizure) score <span>of 3 Hz spike-and-wave</span>
              </caption>
              <tbody>
                <Row name="Events: F1" value={figureText({ value: szcore.events.f1 })}>
                  {szcoreText(szcore.events)}
                </Row>
                <Row name="Samples: F1" value={figureText({ value: szcore.samples.f1 })}>
                  {szcoreText(szcore.samples)}
                </Row>
              </tbody>
            </table>
            <p className={styles.hint}>
              As published: 30 s and 60 s of tolerance, merged within 90 s. Made for seizures: several runs in
              a minute are one event to it.
            </p>
          </>
        )}
      </details>
    </>
  )
}

function countsText({ both, reference, other }: Scores): string {
  return `${both} of ${reference} and ${other}`
}

function szcoreText(score: NonNullable<Figures['szcore']>['events']): string {
  return `${score.truePositives} of ${score.reference}, ${score.falsePositives} false`
}

type RowProps = { readonly name: string; readonly value: string; readonly children: React.ReactNode }

/** Of onset and end: the median, then the quartiles, of the other's less the reference's. */
function Row({ name, value, children }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.value}>{value}</td>
      <td className={styles.counts}>{children}</td>
    </tr>
  )
}
