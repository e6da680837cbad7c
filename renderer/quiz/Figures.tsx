import { kindOf } from '../../shared/annotation/kinds.ts'
import { leaningText } from '../../shared/teaching/quiz/leaning.ts'
import type { QuizResults } from '../../shared/teaching/quiz/results.ts'
import { formatPercent } from '../../shared/text/percent.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { Facts } from '../ui/Facts.tsx'
import styles from './dialogs.module.css'
import { GivenAgainstKey } from './GivenAgainstKey.tsx'
import { LearningCurve } from './LearningCurve.tsx'
import { countsText, onsetText, secondsText } from './resultText.ts'

/** Each figure with its counts, and with a sentence where it means nothing yet. */
export function Figures({ results }: { readonly results: QuizResults }) {
  const { answered, right, first, seconds, mimics, detection, onsetError, confidence } = results
  return (
    <div className={styles.figures}>
      <div className={styles.column}>
        <Facts
          facts={[
            ['Answered', `${answered}, ${right} right (${formatPercent(right / answered)})`],
            ['At first sight', `${first.right} of ${first.answered} right`],
            ['Time to answer', secondsText(seconds)],
            ['Mimics among them', `${mimics.seen} of ${first.answered}`],
          ]}
        />
        {[seconds.note, mimics.note].map((note) => note !== null && <Note key={note}>{note}</Note>)}
        <GivenAgainstKey table={results.table} />
      </div>
      <div className={styles.column}>
        <section aria-label="Too readily or too seldom">
          <h3>Too readily, or too seldom?</h3>
          {detection.map((each) => (
            <div key={each.of} className={styles.figure}>
              <p>
                <KindGlyph kind={each.of} /> <strong>{kindOf(each.of).label}</strong> {leaningText(each)}
              </p>
              <p className={styles.hint}>{countsText(each)}</p>
              {each.note !== null && <Note>{each.note}</Note>}
            </div>
          ))}
        </section>
        <section aria-label="Onset">
          <h3>Onset against the key</h3>
          {onsetError.map((each) => (
            <div key={each.of} className={styles.figure}>
              <p>
                <KindGlyph kind={each.of} /> <strong>{kindOf(each.of).label}</strong> {onsetText(each)}
              </p>
              {each.note !== null && <Note>{each.note}</Note>}
            </div>
          ))}
        </section>
        <section aria-label="Learning curve">
          <h3>Learning curve</h3>
          {results.curve.blocks.length > 1 && <LearningCurve blocks={results.curve.blocks} />}
          {results.curve.note !== null && <Note>{results.curve.note}</Note>}
        </section>
        <section aria-label="How sure, and how right">
          <h3>How sure, and how right</h3>
          <Facts
            facts={confidence.map((row) => [
              row.confidence,
              row.interval === null
                ? 'not said yet'
                : `${row.right} of ${row.answered} right (95 %: ${row.interval.map(formatPercent).join(' to ')})`,
            ])}
          />
        </section>
      </div>
    </div>
  )
}

function Note({ children }: { readonly children: string }) {
  return <p className={styles.hint}>{children}</p>
}
