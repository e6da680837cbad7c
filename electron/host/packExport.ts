/** Packs made for a window: in a thread of their own, so that no page waits for them, where the reader says. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { answerOf, type JobAnswer, type JobRequest, type PackJobName } from '../../shared/contract/jobs.ts'
import { ReviewError } from '../../shared/failure.ts'
import { PACK_ENDING } from '../../shared/teaching/pack/pack.ts'
import type { PackMade, PackPreview } from '../../shared/teaching/pack/packPreview.ts'
import type { JobControl } from './jobs.ts'
import { stemOf } from './lessonFiles.ts'
import type { Lessons } from './lessons.ts'
import type { Packs } from './packs.ts'
import type { PackAnswer, PackTask } from './packThread.ts'
import { exists } from './setStart.ts'
import type { ShellPort } from './shell.ts'

type Options = {
  readonly shell: ShellPort
  readonly lessons: Pick<Lessons, 'forPack'>
  readonly packs: Pick<Packs, 'folder'>
  readonly dataFolder: string
}

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const THREAD_URL = new URL(
  import.meta.url.endsWith('.ts') ? './packThread.ts' : './packThread.js',
  import.meta.url,
)

/** Gives what plans or makes: null where the reader has dismissed the dialog that asks where to. */
export function createPackMaking({ shell, lessons, packs, dataFolder }: Options) {
  return async (job: JobRequest<PackJobName>, control: JobControl): Promise<JobAnswer> => {
    const { ref, seen, ...asked } = job.input
    const { lesson, places } = await lessons.forPack(ref, seen)
    const order = { lesson, places, head: asked.head, channels: asked.channels, keep: asked.keep }
    if (job.name === 'planPack')
      return answerOf('planPack', await runThread<PackPreview>({ order, place: null }, control))
    const folder = await folderFor(places.map(([, file]) => path.dirname(file)))
    const target = await shell.chooseExportTarget(
      await freeName(folder, stemOf(lesson.title)),
      job.input.name,
    )
    if (target === null) return answerOf('pack', null)
    const place = { target, workplace: packs.folder }
    return answerOf('pack', await runThread<PackMade>({ order, place }, control))
  }

  /** Beside a recording of the lesson; where those are the app's own, in a folder for what was exported. */
  async function folderFor(folders: readonly string[]): Promise<string> {
    const isOwn = (folder: string) => !path.relative(dataFolder, folder).startsWith('..')
    const other = folders.find((folder) => !isOwn(folder))
    if (other !== undefined) return other
    const exported = path.join(dataFolder, 'exported')
    await mkdir(exported, { recursive: true, mode: 0o700 })
    return exported
  }
}

async function freeName(folder: string, stem: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const place = path.join(folder, `${stem}${number === 1 ? '' : ` ${number}`}${PACK_ENDING}`)
    if (!(await exists(place))) return place
  }
}

function runThread<Value extends PackPreview | PackMade>(
  task: PackTask,
  { signal, onProgress }: JobControl,
): Promise<Value> {
  const worker = new Worker(THREAD_URL, { workerData: task })
  const cancel = () => worker.postMessage('cancel')
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  const answer = new Promise<Value>((resolve, reject) => {
    worker.on('message', (message: PackAnswer) => {
      if (message.type === 'progress') onProgress(message.done)
      else if (message.type === 'done') resolve(message.value as Value)
      else reject(new ReviewError(message.failure.code, message.failure.message))
    })
    worker.once('error', reject)
    worker.once('exit', () =>
      reject(new ReviewError('internal', 'The pack could not be made: its thread has ended.')),
    )
  })
  return answer.finally(() => signal.removeEventListener('abort', cancel))
}
