/** `check`: a report for a technologist to send to a vendor. */
import { type CheckReport, checkRecording, type Deviation } from '../../shared/edf/check.ts'
import { displayText } from '../../shared/shownText.ts'
import type { RecordingCommand } from './command.ts'
import { EXIT } from './output.ts'

export const check: RecordingCommand = {
  name: 'check',
  usage: 'check FILE [--json]',
  summary: 'every deviation from the EDF and EDF+ standards, where it is and how it was read',
  options: { json: { type: 'boolean' } },
  run: async (source, values, output) => {
    const { showProgress } = output
    const report = await checkRecording(
      source,
      showProgress === undefined ? {} : { onProgress: showProgress },
    ).finally(() => showProgress?.(1))
    await output.write(
      values.json === true ? `${JSON.stringify(report, null, 2)}\n` : formatReport(source.name, report),
    )
    switch (report.verdict) {
      case 'conforming':
        return EXIT.done
      case 'deviating':
        return EXIT.deviating
      case 'refused':
        return EXIT.refused
    }
  },
}

function formatReport(name: string, report: CheckReport): string {
  if (report.refusal !== null) return `${name}: refused\n${displayText(report.refusal)}\n`
  const count = report.deviations.length
  const verdict =
    count === 0 ? 'conforms to the standard' : `readable, with ${count} deviation${count === 1 ? '' : 's'}`
  return [`${name}: ${report.format}, ${verdict}\n`, ...report.deviations.map(formatDeviation)].join('')
}

function formatDeviation(deviation: Deviation, index: number): string {
  const { field, clause, byteOffset, found, expected, howRead } = deviation
  const where = byteOffset === null ? '' : `, byte ${byteOffset}`
  const lines = [
    `${index + 1}. ${field}${where}`,
    `   clause    ${clause}`,
    `   found     ${found}`,
    `   expected  ${expected}`,
    `   read      ${howRead}`,
  ]
  return `\n${displayText(lines.join('\n'))}\n`
}
