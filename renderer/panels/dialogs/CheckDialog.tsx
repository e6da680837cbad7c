import { useEffect, useState } from 'react'
import type { CheckReport } from '../../../shared/edf/check.ts'
import { getHost } from '../../store/host.ts'
import { messageOf } from '../../store/notices.ts'
import { getState } from '../../store/state.ts'
import { Dialog } from '../../ui/Dialog.tsx'

const MOST_SHOWN = 300

/** Every deviation of the file from its standard, for the technologist who has to write to the vendor. */
export function CheckDialog({ onClose }: { readonly onClose: () => void }) {
  const [report, setReport] = useState<CheckReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const name = getState().recording?.name ?? ''
  useEffect(() => {
    let current = true
    const { recording } = getState()
    if (recording === null) return
    getHost()
      .check({ recordingId: recording.recordingId })
      .then((next) => {
        if (current) setReport(next)
      })
      .catch((thrown: unknown) => {
        if (current) setFailure(messageOf(thrown))
      })
    return () => {
      current = false
    }
  }, [])

  return (
    <Dialog title={`Check of ${name}`} onClose={onClose} wide>
      {failure !== null && <p className="field-problem">{failure}</p>}
      {report === null && failure === null && <p role="status">Reading the whole file…</p>}
      {report !== null && <Report report={report} />}
    </Dialog>
  )
}

function Report({ report }: { readonly report: CheckReport }) {
  if (report.verdict === 'conforming') {
    return (
      <p>
        No deviation from {report.format} was found: header, record times, annotations and samples were read.
      </p>
    )
  }
  if (report.verdict === 'refused') return <p className="field-problem">{report.refusal}</p>
  const { deviations } = report
  return (
    <>
      <p>
        {deviations.length === 1 ? '1 deviation' : `${deviations.length} deviations`} from {report.format}.
        The file was opened all the same.
      </p>
      <div className="table-scroll">
        <table className="check-table">
          <thead>
            <tr>
              <th>Field</th>
              <th>Byte</th>
              <th>Found</th>
              <th>Expected</th>
              <th>Read as</th>
              <th>Clause</th>
            </tr>
          </thead>
          <tbody>
            {deviations.slice(0, MOST_SHOWN).map((deviation) => (
              <tr key={`${deviation.field} ${deviation.byteOffset} ${deviation.found}`}>
                <td>{deviation.field}</td>
                <td className="number">{deviation.byteOffset ?? '–'}</td>
                <td>{deviation.found}</td>
                <td>{deviation.expected}</td>
                <td>{deviation.howRead}</td>
                <td>{deviation.clause}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {deviations.length > MOST_SHOWN && <p>The first {MOST_SHOWN} are shown; the command line lists all.</p>}
    </>
  )
}
