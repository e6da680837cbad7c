import { X } from 'lucide-react'
import { useState } from 'react'
import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { reload } from '../store/leaving.ts'
import { ACTION_LABELS, takeAction } from '../store/noticeActions.ts'
import { acceptOnDisk } from '../store/onDisk.ts'
import { keepReading } from '../store/opening.ts'
import { discardUnsaved, returnToOwnSet } from '../store/openingSets.ts'
import { settleDamage } from '../store/recovering.ts'
import { acceptRecovered, acceptRefusal, save } from '../store/saving.ts'
import { activeSet, asksWhoReads, changedOnDiskOf, openedOf, ownSet } from '../store/selectors.ts'
import { changeSettings } from '../store/settings.ts'
import { useReview } from '../store/state.ts'
import { openDialog, showPanel } from '../store/ui.ts'
import { openVersions } from '../store/versions.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { Sentence } from '../ui/Sentence.tsx'
import { HostBanner } from './HostBanner.tsx'

/** Warnings after which samples on the page are not what was recorded, or not all of it. */
const WRONG_SAMPLES: ReadonlySet<string> = new Set(['text-transfer', 'record-overlap'])

/** What the reader must know now, above the page and never over it. */
export function Banners() {
  const statementSeen = useReview((state) => state.shell.settings.statementSeen)
  const changed = useReview(changedOnDiskOf)
  const set = useReview(ownSet)
  const shown = useReview(activeSet)
  const whoReads = useReview(asksWhoReads)
  const code = useReview((state) => state.shell.settings.reviewer)
  const hasExample = useReview((state) => state.ui.before !== null)
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  return (
    <>
      {!statementSeen && (
        <Banner
          actions={
            <Button look="secondary" onClick={() => changeSettings({ statementSeen: true })}>
              Understood
            </Button>
          }
        >
          {TEACHING_STATEMENT}
        </Banner>
      )}
      <SetBanners />
      {whoReads && (
        <Banner
          warns
          actions={
            <Button look="primary" onClick={() => openDialog('whoReads')}>
              Are you {code}?
            </Button>
          }
        >
          This recording is reviewed blind, and there is a set of {code}. Say whether that is you before you
          mark.
        </Banner>
      )}
      {set !== null && set.recovered !== null && set.choice === null && (
        <Banner
          warns
          actions={
            <>
              <Button look="primary" onClick={() => void save()}>
                {set.recovered.edits === 1 ? 'Save it' : 'Save them'}
              </Button>
              <Button look="secondary" onClick={() => acceptRecovered(set.setId)}>
                Keep unsaved
              </Button>
              <Button look="secondary" onClick={() => void discardUnsaved()}>
                {set.recovered.edits === 1 ? 'Give it up' : 'Give them up'}
              </Button>
            </>
          }
        >
          {set.recovered.edits === 1 ? '1 change was' : `${set.recovered.edits} changes were`} recovered that
          had not been saved when Hypnospike last stopped. {set.recovered.edits === 1 ? 'It is' : 'They are'}{' '}
          on the page again.
        </Banner>
      )}
      {changed !== null && (
        <Banner
          warns
          actions={
            <>
              <Button look="primary" onClick={reload}>
                {changed.change === 'grown' ? 'Read the new records' : 'Open it again'}
              </Button>
              <Button look="secondary" onClick={keepReading}>
                Not now
              </Button>
            </>
          }
        >
          {changed.message}
        </Banner>
      )}
      <HostBanner />
      {!isQuiz && <WrongSamples />}
      {shown?.readOnly === true && !hasExample && !isQuiz && (
        <Banner
          actions={
            <Button look="secondary" onClick={() => void returnToOwnSet()}>
              Back to your own set
            </Button>
          }
        >
          {shown.isKey ? 'The key' : `The set of ${shown.document.reviewer}`} is shown for reading only.
        </Banner>
      )}
    </>
  )
}

/** What is wrong with how the set is kept, for as long as it is. */
function SetBanners() {
  const set = useReview(ownSet)
  if (set === null) return null
  return (
    <>
      {set.journalProblem !== null && (
        <Banner
          warns
          actions={
            <Button look="primary" onClick={() => void save()}>
              Save set
            </Button>
          }
        >
          <strong>Nothing is kept until you save.</strong> {set.journalProblem} It is tried again all the
          time.
        </Banner>
      )}
      {set.refusal !== null && (
        <Banner
          warns
          actions={
            <>
              {set.refusal.actions.map((action, index) => (
                <Button
                  key={action.do}
                  look={index === 0 ? 'primary' : 'secondary'}
                  disabled={set.saving}
                  onClick={() => takeAction(action)}
                >
                  {ACTION_LABELS[action.do]}
                </Button>
              ))}
              <Button look="icon" aria-label="Leave it unsaved" onClick={() => acceptRefusal(set.setId)}>
                <X size={14} aria-hidden="true" />
              </Button>
            </>
          }
        >
          <strong>Not saved.</strong> <Sentence text={set.refusal.message} />
        </Banner>
      )}
      {set.onDisk !== null && !set.onDisk.isSeen && set.refusal === null && (
        <Banner
          actions={
            <>
              <Button look="primary" onClick={() => openVersions(null)}>
                Compare the two…
              </Button>
              <Button look="secondary" onClick={() => acceptOnDisk(set.setId)}>
                Not now
              </Button>
            </>
          }
        >
          {set.fileName} was written by another program or computer since this window read or saved it.
        </Banner>
      )}
      {set.choice !== null && (
        <Banner
          warns
          actions={
            <Button look="primary" onClick={() => openDialog('recovery')}>
              Compare and choose
            </Button>
          }
        >
          What was saved and what was recovered after a crash each hold what the other does not.
        </Banner>
      )}
      {set.damaged !== null && (
        <Banner
          warns
          actions={
            <>
              <Button look="primary" onClick={() => void settleDamage(true)}>
                Keep what was read
              </Button>
              {set.recovered !== null && (
                <Button look="secondary" onClick={() => void settleDamage(false)}>
                  Go back to the saved set
                </Button>
              )}
            </>
          }
        >
          {set.damaged} What could be read is on the page.
        </Banner>
      )}
    </>
  )
}

function WrongSamples() {
  const opened = useReview(openedOf)
  const [seen, setSeen] = useState<string | null>(null)
  const warnings = (opened?.recording.warnings ?? []).filter(({ code }) => WRONG_SAMPLES.has(code))
  const [first] = warnings
  if (opened === null || first === undefined || seen === opened.recordingId) return null
  return (
    <Banner
      warns
      actions={
        <>
          <Button look="secondary" onClick={() => showPanel('details')}>
            Details
          </Button>
          <Button look="secondary" onClick={() => setSeen(opened.recordingId)}>
            Understood
          </Button>
        </>
      }
    >
      <strong>The traces may not be what was recorded.</strong> {first.message}
    </Banner>
  )
}
