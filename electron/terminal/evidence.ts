/** `evidence`: what is measured on a span, each value with its error above what is published of it. */
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import type { Criterion } from '../../shared/evidence/common/entry.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { measureEvidence } from '../../shared/evidence/measureEvidence.ts'
import { SUBJECTS } from '../../shared/evidence/subjects.ts'
import { REFERENCE } from '../../shared/reference/reference.ts'
import { displayText } from '../../shared/shownText.ts'
import type { RecordingCommand } from './command.ts'
import { EXIT } from './output.ts'
import { readSpanOptions, requireWithin, SPAN_OPTIONS } from './spanOptions.ts'

export const evidence: RecordingCommand = {
  name: 'evidence',
  usage: 'evidence FILE --from SECONDS --to SECONDS [--json]',
  summary:
    "what is measured on a span, as it was recorded, counted from the header's start; values, not a diagnosis",
  options: { json: { type: 'boolean' }, ...SPAN_OPTIONS },
  run: async (source, values, output) => {
    const span = readSpanOptions(values)
    const opened = await openRecording(source, { timeline: 'complete' })
    const { recording, annotations: notes } = await scanRecording(source, opened, { samples: false })
    requireWithin(span, recording.timeline.span)
    const found = await measureEvidence(source, recording, { span, notes, areNotesComplete: true })
    if (values.json === true) await output.write(`${JSON.stringify(found, null, 1)}\n`)
    else {
      for (const { subject, label } of SUBJECTS) {
        const rows = found.rows.filter((row) => row.subject === subject)
        if (rows.length > 0) await output.write([`${label}\n`, ...rows.map(formatRow)].join(''))
      }
    }
    return EXIT.done
  },
}

function formatRow({ label, finding, criteria, error }: EvidenceRow): string {
  const said =
    finding.is === 'refused'
      ? finding.reason
      : [finding.text, error === '' ? '' : `(${error})`].join(' ').trim()
  const row = `  ${displayText(label).padEnd(38)} ${displayText(said)}\n`
  if (finding.is === 'refused') return row
  const note = finding.note === undefined ? '' : `    ${displayText(finding.note)}\n`
  return [row, note, ...criteria.map(formatCriterion)].join('')
}

function formatCriterion({ text, sources }: Criterion): string {
  return `    Published: ${text} [${sources.map(shortSource).join('; ')}]\n`
}

/** `1: Chiaro et al. 2016`, by the number that the window's reference has it under. */
function shortSource(id: string): string {
  const source = REFERENCE.sources.find((one) => one.id === id)
  if (source === undefined) return id
  const words = source.year === null ? source.authors : `${source.authors} ${source.year}`
  const number = REFERENCE.numbers.get(id)
  return number === undefined ? words : `${number}: ${words}`
}
