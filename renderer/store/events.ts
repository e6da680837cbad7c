/** The first call of a window, and what its host tells it unasked. */
import type { Connection } from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { isPackName } from '../../shared/teaching/pack/pack.ts'
import { assertNever } from '../../shared/units.ts'
import { closed } from './beginnings.ts'
import { followGuest } from './guests.ts'
import { getHost } from './host.ts'
import { followJob } from './jobs.ts'
import { journalFailed, journalRecovered } from './journalNews.ts'
import { requestOpen, whenSaved } from './leaving.ts'
import { messageOf, notify } from './notices.ts'
import { adoptTimeline, giveWay, listSets, loadNotes, openRecording } from './opening.ts'
import { showPack } from './packs.ts'
import { openedOf, unkeptOf } from './selectors.ts'
import { getState, patchRecording, patchShell, setState } from './state.ts'

/** First call of a window. `onCommand` hears the shell's menu. Returns what ends the subscription. */
export async function start(
  connection: Connection,
  onCommand: (command: string) => void,
): Promise<() => void> {
  const unsubscribe = connection.subscribe((event) => handleEvent(event, onCommand))
  try {
    const { shell, settings, montages, open } = await getHost().startup({ window: getState().tools.window })
    patchShell({ facts: shell, settings, montages })
    // With something to open the window is never empty: nothing is drawn or asked for that goes at once.
    if (open === null || isPackName(open.name)) setState(closed(null))
    if (open !== null && !showPack(open)) await openRecording(open)
  } catch (thrown) {
    setState(closed(messageOf(thrown)))
  }
  return unsubscribe
}

function handleEvent(event: HostEvent, onCommand: (command: string) => void): void {
  const opened = openedOf(getState())
  switch (event.type) {
    case 'command':
      return onCommand(event.command)
    case 'open':
      return requestOpen(event.open)
    case 'taken-over':
      if (event.by === getState().tools.window) return
      // What is not kept is not put away: it is for the reader to bring it over.
      if (unkeptOf(getState()) > 0) patchShell({ hostLink: { state: 'asking', setLost: true } })
      else giveWay()
      return
    case 'open-failed':
      return notify('problem', event.message)
    case 'close-requested':
      return whenSaved({ to: 'closeWindow' })
    case 'journal-failed':
      return journalFailed(event.setId, event.message)
    case 'journal-recovered':
      return journalRecovered(event.setId)
    case 'kept-beside':
      return notify('problem', event.message)
    case 'scan':
      if (event.recordingId !== opened?.recordingId) return followGuest(event)
      patchRecording({ scan: event.done ? null : event.progress })
      // In a quiz they would tell.
      if (event.done && getState().quiz === null) void loadNotes(event.recordingId)
      return
    case 'activity':
      if (event.recordingId !== opened?.recordingId) return followGuest(event)
      return patchRecording({ activity: event.activity })
    case 'job':
      return followJob(event.jobId, event.done)
    case 'sets':
      followGuest(event)
      // Names of sets beside a case would tell.
      if (getState().quiz !== null) return
      return listSets(event.recordingId, event.sets)
    case 'timeline':
      if (event.recordingId !== opened?.recordingId) return followGuest(event)
      // Of a case there is the stretch alone.
      if (getState().quiz !== null) return
      return adoptTimeline(opened, event.recording)
    case 'recording-changed':
      if (event.recordingId !== opened?.recordingId) return followGuest(event)
      return patchRecording({ changedOnDisk: { change: event.change, message: event.message } })
    default:
      return assertNever(event)
  }
}
