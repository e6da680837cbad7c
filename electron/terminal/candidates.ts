/** `candidates`: where to look in a recording for spike-and-wave and hypnic jerks. Proposes; marks nothing. */
import { type Candidate, type Found, WHAT_CANDIDATES_ARE } from '../../shared/candidates/common/candidate.ts'
import { findCandidates } from '../../shared/candidates/findCandidates.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { displayText } from '../../shared/shownText.ts'
import type { RecordingCommand } from './command.ts'
import { EXIT } from './output.ts'
import { refuseSealedCandidates, UNSEAL } from './sealing.ts'

export const candidates: RecordingCommand = {
  name: 'candidates',
  usage: 'candidates FILE [--unseal] [--json]',
  summary:
    'places to look at for 3 Hz spike-and-wave and hypnic jerks, each with score and reason; a search aid, not a diagnosis; --unseal, for whoever teaches, also shows those of a recording that is reviewed blind',
  options: { json: { type: 'boolean' }, ...UNSEAL },
  run: async (source, values, output) => {
    const { showProgress } = output
    const recording = await openRecording(source)
    if (values.unseal !== true) await refuseSealedCandidates(source, recording)
    const found = await findCandidates(
      source,
      recording,
      showProgress === undefined ? {} : { onProgress: showProgress },
    ).finally(() => showProgress?.(1))
    await output.write(values.json === true ? `${JSON.stringify(found, null, 1)}\n` : formatFound(found))
    return EXIT.done
  },
}

function formatFound({ candidates: proposed, notes }: Found): string {
  const rows = proposed.length === 0 ? ['No candidates.\n'] : [HEAD, ...proposed].map(formatRow)
  return [...rows, '\n', ...notes.map((note) => `${displayText(note)}\n`), `${WHAT_CANDIDATES_ARE}\n`].join(
    '',
  )
}

const HEAD = { onset: 'onset s', duration: 'lasts s', kind: 'kind', score: 'score', reason: 'reason' }

function formatRow({ onset, duration, kind, score, reason }: Candidate | typeof HEAD): string {
  const number = (value: number | string, digits: number) =>
    typeof value === 'number' ? value.toFixed(digits) : value
  const cells = [
    number(onset, 2).padStart(10),
    number(duration, 2).padStart(8),
    kind.padEnd(15),
    number(score, 2).padStart(5),
    displayText(reason),
  ]
  return `${cells.join('  ')}\n`
}
