/**
 * A process of its own for tests of what processes do to each other and of what a kill leaves. Says one
 * line for each thing done. Run as: node setWriter.ts journal|adder FOLDER [COUNT]
 */
import path from 'node:path'
import { saveSet } from '../../electron/host/annotationFiles.ts'
import { openJournal } from '../../electron/host/journal.ts'
import { loadSet } from '../../electron/host/setReader.ts'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { addMark } from '../../shared/annotation/edits.ts'
import { EMPTY_HISTORY } from '../../shared/annotation/history.ts'
import { ReviewError } from '../../shared/failure.ts'
import { blankDocument, RECORDING, seconds, VIEW } from './annotations.ts'

const [task, folder = '', count = '0'] = process.argv.slice(2)

function withOneMore(document: AnnotationDocument, comment: string) {
  const number = document.marks.length
  const mark = {
    kind: 'hypnic_jerk',
    onset: seconds(number),
    duration: seconds(0.5),
    comment,
    view: VIEW,
  } as const
  const edit = addMark(document, mark, { author: 'JS', now: new Date().toISOString() })
  if (edit === null) throw new Error('nothing to add')
  return { edit, document: applyEdit(document, edit) }
}

/** Marks without end, one step after the other, and saves every hundred. */
async function writeJournal(): Promise<void> {
  const file = path.join(folder, 'night.JS.hypnospike.json')
  const journal = await openJournal(folder, { fingerprint: RECORDING.fingerprint, reviewer: 'JS' })
  let document = blankDocument()
  let version = null
  const at = document.created
  await journal.append({ op: 'open', at, document, history: EMPTY_HISTORY, set: null, unsaved: false })
  for (;;) {
    const next = withOneMore(document, '')
    document = next.document
    await journal.append({ op: 'edit', edit: next.edit })
    console.log(`journal ${document.marks.length}`)
    if (document.marks.length % 100 === 0) {
      version = await saveSet(file, document, { expected: version })
      await journal.append({ op: 'saved', at, set: { path: file, hash: version.hash } })
      console.log(`saved ${document.marks.length}`)
    }
  }
}

/** Adds marks to a set that others add to at the same time, reading it again after every conflict. */
async function addMarks(): Promise<void> {
  const file = path.join(folder, 'night.JS.hypnospike.json')
  let conflicts = 0
  for (let added = 0; added < Number(count); ) {
    const { document, version } = await loadSet(file)
    try {
      await saveSet(file, withOneMore(document, `${process.pid}`).document, { expected: version })
      added += 1
    } catch (error) {
      if (!(error instanceof ReviewError) || error.code !== 'conflict') throw error
      conflicts += 1
    }
  }
  console.log(`conflicts ${conflicts}`)
}

await (task === 'journal' ? writeJournal() : addMarks())
