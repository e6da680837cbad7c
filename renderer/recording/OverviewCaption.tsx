import { useContext } from 'react'
import { formatClock } from '../../shared/text/clock.ts'
import { formatShare } from '../../shared/text/lengths.ts'
import { type Span, spanLength } from '../../shared/units.ts'
import { wholeOverview } from '../store/overview.ts'
import { Button } from '../ui/Button.tsx'
import { MainElement } from '../ui/mainFocus.ts'
import styles from './recording.module.css'

type Props = { readonly whole: Span; readonly shown: Span; readonly start: string | null }

/** How much of the recording the overview shows; of a part it is the way back to all of it. */
export function OverviewCaption({ whole, shown, start }: Props) {
  const main = useContext(MainElement)
  const isWhole = shown.start <= whole.start && shown.end >= whole.end
  const text = formatShare(spanLength(shown), spanLength(whole))
  const says = `The overview shows ${formatClock(start, shown.start)} to ${formatClock(start, shown.end)}.`
  return (
    <div className={styles.caption}>
      {isWhole ? (
        <span title={`${says} Ctrl and the wheel, or U, show less of it.`}>{text}</span>
      ) : (
        <Button
          look="link"
          aria-label={`${text}: show the whole recording`}
          title={`${says} Click: the whole recording.`}
          onClick={() => {
            wholeOverview()
            // The button goes with the part.
            main.current?.focus()
          }}
        >
          {text}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {isWhole ? '' : says}
      </span>
    </div>
  )
}
