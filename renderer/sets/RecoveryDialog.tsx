import { KINDS } from '../../shared/annotation/kinds.ts'
import type { RecoveryChoice } from '../../shared/contract/model.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { secondsFromTicks, type Ticks } from '../../shared/units.ts'
import { RowTime } from '../page/RowTime.tsx'
import { chooseRecovery } from '../store/recovering.ts'
import { ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { openVersions } from '../store/versions.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Table } from '../ui/Table.tsx'

/** What was saved against what a crash left, where neither holds all of the other: the reader chooses. */
export function RecoveryDialog({ onClose }: { readonly onClose: () => void }) {
  const choice = useReview((state) => ownSet(state)?.choice ?? null)
  if (choice === null) return null
  return (
    <Dialog
      title="Two versions of your marks"
      onClose={onClose}
      wide
      actions={
        <>
          <Button look="secondary" onClick={() => openVersions(null)}>
            Mark by mark…
          </Button>
          <Button look="secondary" onClick={() => void chooseRecovery('saved')}>
            Keep what was saved
          </Button>
          <Button look="secondary" onClick={() => void chooseRecovery('recovered')}>
            Keep what was recovered
          </Button>
          <Button look="primary" onClick={() => void chooseRecovery('both')}>
            Keep both
          </Button>
        </>
      }
    >
      <p>
        {choice.fileName} was saved without the last steps of a session that a crash ended, and holds marks
        that this session does not know. Nothing is lost by your choice: what you do not keep stays in
        Hypnospike’s own folder, and <em>Keep both</em> puts what was recovered beside the saved set, as a set
        of its own.
      </p>
      <Table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Marks</th>
            <th scope="col">Reviewed ranges</th>
            <th scope="col">Last changed</th>
          </tr>
        </thead>
        <tbody>
          <VersionRow name="What was saved" version={choice.saved} />
          <VersionRow name="What was recovered" version={choice.recovered} />
        </tbody>
      </Table>
      <Table>
        <thead>
          <tr>
            <th scope="col">What differs</th>
            <th scope="col">At</th>
            <th scope="col">Length</th>
            <th scope="col">In what was saved</th>
            <th scope="col">In what was recovered</th>
          </tr>
        </thead>
        <tbody>
          {choice.differences.map((difference) => (
            <DifferenceRow
              key={`${difference.what} ${difference.onset} ${difference.duration} ${difference.inSaved} ${difference.inRecovered}`}
              difference={difference}
            />
          ))}
        </tbody>
      </Table>
      {choice.more > 0 && <p>And {choice.more} more.</p>}
    </Dialog>
  )
}

function VersionRow({ name, version }: { readonly name: string; readonly version: RecoveryChoice['saved'] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{version.marks}</td>
      <td>{version.reviewed}</td>
      <td>{formatMoment(version.changed)}</td>
    </tr>
  )
}

function DifferenceRow({ difference }: { readonly difference: RecoveryChoice['differences'][number] }) {
  const { what, onset, duration, inSaved, inRecovered, newer } = difference
  const label =
    KINDS.find(({ code }) => code === what)?.label ?? (what === 'decision' ? 'Decision' : 'Reviewed range')
  const length = secondsFromTicks(duration as Ticks)
  const word = (isThere: boolean, isNewer: boolean) =>
    isThere ? (inSaved && inRecovered ? (isNewer ? 'changed later' : 'changed earlier') : 'yes') : '–'
  return (
    <tr>
      <td>{label}</td>
      <td>
        <RowTime time={secondsFromTicks(onset as Ticks)} />
      </td>
      <td>{length === 0 ? 'a moment' : formatDuration(length)}</td>
      <td>{word(inSaved, newer === 'saved')}</td>
      <td>{word(inRecovered, newer === 'recovered')}</td>
    </tr>
  )
}
