import { useState } from 'react'
import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { changeSettings, discardUnsaved, keepReading, reload, returnToOwnSet } from '../store/opening.ts'
import { settleDamage } from '../store/recovering.ts'
import { acceptRecovered, save } from '../store/saving.ts'
import { activeSet, changedOnDiskOf, openedOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { openDialog, showPanel } from '../store/ui.ts'
import { HostBanner } from './HostBanner.tsx'

/** Warnings after which samples on the page are not what was recorded, or not all of it. */
const WRONG_SAMPLES: ReadonlySet<string> = new Set(['text-transfer', 'record-overlap'])

/** What the reader must know now, above the page and never over it. */
export function Banners() {
  const statementSeen = useReview((state) => state.shell.settings.statementSeen)
  const changed = useReview(changedOnDiskOf)
  const set = useReview(activeSet)
  const hasExample = useReview((state) => state.ui.before !== null)
  return (
    <>
      {!statementSeen && (
        <div className="banner" role="note">
          <p>{TEACHING_STATEMENT}</p>
          <button type="button" className="secondary" onClick={() => changeSettings({ statementSeen: true })}>
            Understood
          </button>
        </div>
      )}
      <SetBanners />
      {set !== null && set.recovered !== null && set.choice === null && (
        <div className="banner banner-warns" role="alert">
          <p>
            {set.recovered.edits === 1 ? '1 change was' : `${set.recovered.edits} changes were`} recovered
            that had not been saved when Hypnospike last stopped.{' '}
            {set.recovered.edits === 1 ? 'It is' : 'They are'} on the page again.
          </p>
          <button type="button" className="primary" onClick={() => void save()}>
            {set.recovered.edits === 1 ? 'Save it' : 'Save them'}
          </button>
          <button type="button" className="secondary" onClick={() => acceptRecovered(set.setId)}>
            Keep unsaved
          </button>
          <button type="button" className="secondary" onClick={() => void discardUnsaved()}>
            {set.recovered.edits === 1 ? 'Give it up' : 'Give them up'}
          </button>
        </div>
      )}
      {changed !== null && (
        <div className="banner banner-warns" role="alert">
          <p>{changed.message}</p>
          <button type="button" className="primary" onClick={reload}>
            {changed.change === 'grown' ? 'Read the new records' : 'Open it again'}
          </button>
          <button type="button" className="secondary" onClick={keepReading}>
            Not now
          </button>
        </div>
      )}
      <HostBanner />
      <WrongSamples />
      {set?.readOnly === true && !hasExample && (
        <div className="banner" role="note">
          <p>
            {set.document.reviewer === 'key' ? 'The key' : `The set of ${set.document.reviewer}`} is shown for
            reading only.
          </p>
          <button type="button" className="secondary" onClick={() => void returnToOwnSet()}>
            Back to your own set
          </button>
        </div>
      )}
    </>
  )
}

/** What is wrong with how the set is kept, for as long as it is. */
function SetBanners() {
  const set = useReview(activeSet)
  if (set === null) return null
  return (
    <>
      {set.journalProblem !== null && (
        <div className="banner banner-warns" role="alert">
          <p>
            <strong>Nothing is kept until you save.</strong> {set.journalProblem} It is tried again all the
            time.
          </p>
          <button type="button" className="primary" onClick={() => void save()}>
            Save set
          </button>
        </div>
      )}
      {set.choice !== null && (
        <div className="banner banner-warns" role="alert">
          <p>What was saved and what was recovered after a crash each hold what the other does not.</p>
          <button type="button" className="primary" onClick={() => openDialog('recovery')}>
            Compare and choose
          </button>
        </div>
      )}
      {set.damaged !== null && (
        <div className="banner banner-warns" role="alert">
          <p>{set.damaged} What could be read is on the page.</p>
          <button type="button" className="primary" onClick={() => void settleDamage(true)}>
            Keep what was read
          </button>
          {set.recovered !== null && (
            <button type="button" className="secondary" onClick={() => void settleDamage(false)}>
              Go back to the saved set
            </button>
          )}
        </div>
      )}
    </>
  )
}

function WrongSamples() {
  const recording = useReview(openedOf)
  const [seen, setSeen] = useState<string | null>(null)
  const warnings = (recording?.recording.warnings ?? []).filter(({ code }) => WRONG_SAMPLES.has(code))
  const [first] = warnings
  if (recording === null || first === undefined || seen === recording.recordingId) return null
  return (
    <div className="banner banner-warns" role="alert">
      <p>
        <strong>The traces may not be what was recorded.</strong> {first.message}
      </p>
      <button type="button" className="secondary" onClick={() => showPanel('details')}>
        Details
      </button>
      <button type="button" className="secondary" onClick={() => setSeen(recording.recordingId)}>
        Understood
      </button>
    </div>
  )
}
