import { useContext } from 'react'
import { KINDS, markName } from '../../shared/annotation/kinds.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { PaneContext, usePane } from '../page/usePane.ts'
import { useReview } from '../store/state.ts'
import styles from './quiz.module.css'

/** Over each page of the matched pair: whose it is, without the name of any file. */
export function QuizPaneBar() {
  const id = useContext(PaneContext)
  const isActive = useReview(({ panes }) => panes.active === id)
  const guest = usePane((pane) => pane.guest)
  const references = useReview(({ quiz }) => quiz?.references ?? null)
  const answer = useReview(({ quiz }) =>
    quiz?.at.phase === 'answered' ? quiz.at.answered.key[0] : undefined,
  )
  const listed = references === null || 'problem' in references ? [] : references
  const kind = listed.find((each) => each.guest.opened.recordingId === guest?.opened.recordingId)?.kind
  const known = KINDS.find(({ code }) => code === kind)
  return (
    <div className={styles.paneBar} data-active={isActive}>
      {known === undefined ? (
        <>
          <strong>This case</strong>
          {answer !== undefined && markName(answer)}
        </>
      ) : (
        <>
          <KindGlyph kind={known.code} /> <strong>{known.label}</strong> reference, synthetic
        </>
      )}
    </div>
  )
}
