/** The host: every procedure of the contract, the same behind every door. */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { spanOf } from '../../shared/annotation/order.ts'
import type { Host } from '../../shared/contract/contract.ts'
import type { JobName } from '../../shared/contract/jobs.ts'
import type { HostEvent, OpenedRecording, OpenRef } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { isPackName } from '../../shared/teaching/pack/pack.ts'
import { writeFileAtomically } from './atomicFile.ts'
import { createClipExport } from './clipExport.ts'
import { createExporting } from './exporting.ts'
import { forwardToThread } from './forward.ts'
import { createJobs, runOnThread } from './jobs.ts'
import { createLessons } from './lessons.ts'
import type { Log } from './log.ts'
import { readMontageFile, writeMontageFile } from './montageFiles.ts'
import { asSetRecording, createOpenRecordings, type OpenFile } from './openRecordings.ts'
import { prepareOwn } from './ownSet.ts'
import { createPackMaking } from './packExport.ts'
import { createPacks } from './packs.ts'
import { createProgress } from './progress.ts'
import { createQuizzes } from './quiz.ts'
import { createQuizProgress } from './quizProgress.ts'
import { createReaderSeal } from './readerSeal.ts'
import { createRecordingList } from './recordingList.ts'
import { refuseProposals } from './seal.ts'
import { answerForSets } from './setAnswers.ts'
import { createOpenSets } from './sets.ts'
import { createSetsFinding } from './setsFinding.ts'
import { openSettings, type SettingsStore } from './settings.ts'
import type { ShellPort } from './shell.ts'
import { createShippedLesson } from './shippedLesson.ts'
import { shownName } from './shownName.ts'
import { keepViews } from './views.ts'
import { refuseSet } from './writeGuard.ts'

const WATCH_EVERY_MS = 2000
const SPARE_AFTER_MS = 2500
const SETS_WITHIN_MS = 300

export type HostOptions = {
  readonly shell: ShellPort
  /** The app's own files: settings, journals. */
  readonly dataFolder: string
  readonly samplesFolder: string | null
  /** Whose recordings the browser's list offers; null: none. */
  readonly folder: string | null
  readonly emit: (event: HostEvent) => void
  readonly log: Log
  /** How often an open recording is looked at for growth, replacement or loss; 2 s where not given. */
  readonly watchEveryMs?: number
  /** From an opening until a thread is made warm for the next one; 2.5 s where not given. */
  readonly spareAfterMs?: number
  /** As long as opening a recording may wait for its sets; those that are read later come as an event. 0.3 s where not given. */
  readonly setsWithinMs?: number
}

export type AppHost = {
  readonly host: Host
  /** Gives a path an opaque name for the window. */
  readonly open: (file: string) => OpenRef
  /** Asks the window to open it, or the first window to come. */
  readonly requestOpen: (file: string) => void
  readonly close: () => Promise<void>
}

export function createHost(options: HostOptions): AppHost {
  const { shell, emit, log } = options
  const paths = new Map<string, string>()
  const recordings = createOpenRecordings({
    emit,
    log,
    watchEveryMs: options.watchEveryMs ?? WATCH_EVERY_MS,
    spareAfterMs: options.spareAfterMs ?? SPARE_AFTER_MS,
  })
  const jobs = createJobs((jobId, done) => emit({ type: 'job', jobId, done }))
  let settingsStore: Promise<SettingsStore> | null = null
  const settings = () => {
    settingsStore ??= openSettings(options.dataFolder, log)
    return settingsStore
  }
  const views = keepViews(options.dataFolder, log)
  const sets = createOpenSets({
    journalFolder: path.join(options.dataFolder, 'journals'),
    settings,
    journalFailed: (setId, message) => emit({ type: 'journal-failed', setId, message }),
    journalRecovered: (setId) => emit({ type: 'journal-recovered', setId }),
    keptBeside: (setId, message) => emit({ type: 'kept-beside', setId, message }),
  })
  const seal = createReaderSeal({ settings, ownPlace: sets.ownPlace })
  const exportSet = createExporting({ shell, documentOf: sets.documentOf })
  const clips = createClipExport({ shell, documentOf: sets.documentOf })
  /** What the next window to start is to open: asked for, or open in a window that was reloaded. */
  let next: OpenRef | null = null
  let currentWindow: string | null = null

  /** The same path has the same name, so that a list read twice does not grow the map. */
  function register(file: string): OpenRef {
    const full = path.resolve(file)
    const ref = createHash('sha256').update(full).digest('base64url').slice(0, 24)
    paths.set(ref, full)
    return { ref, name: shownName(full) }
  }

  function pathOf(ref: string): string {
    const file = paths.get(ref)
    if (file === undefined)
      throw new ReviewError('not-found', 'That file is not known here: choose it again.')
    return file
  }

  const finding = createSetsFinding({
    register,
    emit,
    isOpen: recordings.isOpen,
    patienceMs: options.setsWithinMs ?? SETS_WITHIN_MS,
    folders: async () => (await settings()).recent().map((file) => path.dirname(file)),
    seal: (file, found) => seal.read(asSetRecording(file), found),
  })

  /**
   * Before work is begun and before it is told: a blind review may begin meanwhile. By the id, since a job that nobody
   * asks for is kept for a while, and would keep a closed recording with it.
   */
  function sealedWork(recordingId: string, name: JobName): (() => Promise<void>) | undefined {
    if (name !== 'candidates') return undefined
    return async () => {
      const file = recordings.get(recordingId)
      refuseProposals(await seal.read(asSetRecording(file), await finding.findAll(file)))
      await lessons.refuseProposals({ path: file.path, fingerprint: file.file.fingerprint })
    }
  }

  async function describe(file: OpenFile): Promise<OpenedRecording> {
    const { path: place, recordingId } = file
    const { recording, fingerprint, bytes, codePage } = file.file
    const [sets, remembered, defaultView] = await Promise.all([
      finding.listAtOnce(file),
      views.of(fingerprint),
      views.default(),
    ])
    const name = shownName(place)
    return { recordingId, name, bytes, recording, fingerprint, codePage, remembered, defaultView, sets }
  }

  const lessonFolder = path.join(options.dataFolder, 'lessons')
  const shippedLesson = createShippedLesson(lessonFolder, shell.facts.version)
  const packs = createPacks(lessonFolder)
  const progress = createProgress(path.join(options.dataFolder, 'progress'))
  const learner = async () => (await settings()).settings().reviewer
  const lessons = createLessons({
    folder: lessonFolder,
    shipped: shippedLesson,
    packs,
    answered: async (id) => {
      const { answers } = await progress.read(await learner(), { id, title: '' })
      return new Set(answers.map((answer) => answer.case))
    },
    register,
    recordingFolders: async () => [
      ...(await settings()).recent().map((file) => path.dirname(file)),
      ...[options.folder, options.samplesFolder].filter((folder) => folder !== null),
    ],
    seal,
    shell,
  })

  const quizParts = { lessons, progress, learner, register }
  const makePack = createPackMaking({ shell, lessons, packs, dataFolder: options.dataFolder })
  /** Recordings of lessons that lie in the app's own folder: opened as cases, and no recent ones. */
  const isOfLesson = (file: string) => shippedLesson.isPart(file) || packs.isPart(file)

  const listRecordings = createRecordingList({
    register,
    recent: async () => (await settings()).recent(),
    folder: options.folder,
    samplesFolder: options.samplesFolder,
  })

  const host: Host = {
    startup: async ({ window }) => {
      // One window at a time: what a reloaded or second one finds open is the first's, journals and all.
      if (currentWindow !== null) emit({ type: 'taken-over', by: window })
      currentWindow = window
      await sets.closeAll()
      await recordings.closeAll()
      const store = await settings()
      const open = next
      // Asked once; a window that is reloaded has nothing of it open.
      if (next !== null && isPackName(next.name)) next = null
      return { shell: shell.facts, settings: store.settings(), montages: store.montages(), open }
    },
    presence: async () => ({ window: currentWindow }),
    saveSettings: async (next) => {
      await (await settings()).saveSettings(next)
      return null
    },
    confirmReviewer: async () => {
      await (await settings()).confirmReviewer()
      return null
    },
    saveMontages: async ({ montages }) => {
      await (await settings()).saveMontages(montages)
      return null
    },
    openMontageFile: async () => {
      const file = await shell.chooseMontageFile()
      return file === null ? null : readMontageFile(file)
    },
    saveMontageFile: async ({ name, text }) => {
      const file = await shell.chooseMontageTarget(name)
      return file === null ? null : writeMontageFile(file, text)
    },
    listRecordings,
    chooseRecording: async () => {
      const file = await shell.chooseRecording()
      return file === null ? null : register(file)
    },
    openRecording: async ({ ref, beside = false, unlisted = false }) => {
      const store = await settings()
      if (!beside && !unlisted) void prepareOwn(pathOf(ref), store.settings().reviewer)
      const file = await recordings.open(pathOf(ref), store.codePages())
      // Nothing waits for the disk: it is written in turn with all other settings, and read from memory.
      if (!unlisted && !isOfLesson(file.path)) void store.addRecent(file.path)
      if (beside) return describe(file)
      next = register(file.path)
      if (!isOfLesson(file.path)) shell.recordingOpened(file.path)
      return describe(file)
    },
    reopenRecording: async ({ recordingId }) => {
      return describe(await recordings.reopen(recordingId, (await settings()).codePages()))
    },
    closeRecording: async ({ recordingId }) => {
      const closed = await recordings.close(recordingId)
      // The next one may be open already when the last one is closed, and be the same file as one beside it.
      const isNext = next !== null && pathOf(next.ref) === closed
      if (isNext && closed !== null && !recordings.isFileOpen(closed)) next = null
      return null
    },
    rememberView: async ({ recordingId, remembered }) => {
      await views.remember(recordings.get(recordingId).file.fingerprint, remembered)
      return null
    },
    keepDefaultView: async ({ defaultView }) => {
      await views.keepDefault(defaultView)
      return null
    },
    readTexts: async ({ recordingId, codePage }) => {
      const file = recordings.get(recordingId)
      const { identification, ...texts } = await file.worker.ask('readTexts', { codePage })
      file.file = { ...file.file, identification, codePage, recording: texts.recording }
      await (await settings()).rememberCodePage({ fingerprint: file.file.fingerprint, codePage })
      return texts
    },
    ...forwardToThread((recordingId) => recordings.get(recordingId).worker),
    identification: async ({ recordingId }) => recordings.get(recordingId).file.identification,
    startJob: async ({ recordingId, job }) => {
      if (job.name === 'planPack' || job.name === 'pack')
        return { jobId: jobs.start((control) => makePack(job, control)) }
      if (recordingId === null)
        throw new ReviewError('bad-input', `${job.name} is work on an open recording: name one.`)
      const file = recordings.get(recordingId)
      const refuse = sealedWork(recordingId, job.name)
      await refuse?.()
      const jobId = jobs.start(async (control) => {
        if (job.name === 'export') return { name: 'export', value: await exportSet(file, job.input, control) }
        if (job.name === 'clip') return { name: 'clip', value: await clips.write(file, job.input, control) }
        return await runOnThread(file.worker, job, control)
      }, refuse)
      return { jobId }
    },
    previewClip: ({ recordingId, ...input }) => clips.preview(recordings.get(recordingId), input),
    jobResult: ({ jobId }) => jobs.result(jobId),
    cancelJob: async ({ jobId }) => {
      jobs.cancel(jobId)
      return null
    },
    ...answerForSets({
      ...{ sets, seal, finding, shell, settings, register, pathOf },
      fileOf: recordings.get,
    }),
    listLessons: lessons.list,
    openLesson: ({ ref }) => lessons.open(ref),
    createLesson: ({ lesson }) => lessons.create(lesson),
    saveLesson: lessons.save,
    removeLesson: async ({ ref }) => {
      await lessons.remove(ref)
      return null
    },
    exportLesson: ({ ref }) => lessons.export(ref),
    inspectPack: async ({ ref }) => {
      const { lessonFile, ...facts } = await packs.inspect(pathOf(ref))
      return {
        ...register(pathOf(ref)),
        ...facts,
        lesson: lessonFile === null ? null : lessons.refOf(lessonFile),
      }
    },
    addPack: async ({ ref }) => {
      const { lessonFile, isNew } = await packs.add(pathOf(ref))
      return { lesson: lessons.refOf(lessonFile), isNew }
    },
    stretchVotes: async ({ recordingId, onset, duration, reviewer }) => {
      const stretch = spanOf({ onset, duration })
      return lessons.votes(asSetRecording(recordings.get(recordingId)), stretch, reviewer)
    },
    ...createQuizzes(quizParts),
    ...createQuizProgress({ ...quizParts, shell }),
    reportState: async (state) => {
      shell.stateChanged(state)
      return null
    },
    closeWindow: async () => {
      shell.closeWindow()
      return null
    },
    printSheet: ({ asPdf }) => shell.printSheet(asPdf),
    keepPicture: async ({ name, type, bytes }) => {
      const target = await shell.choosePictureTarget(`${name}.${type}`)
      if (target === null) return null
      await refuseSet(target)
      await writeFileAtomically(target, bytes)
      return { fileName: shownName(target) }
    },
  }

  return {
    host,
    open: register,
    requestOpen: (file) => {
      const open = register(file)
      if (currentWindow !== null) return emit({ type: 'open', open })
      next = open
      if (isPackName(file)) return
      // Read while the window is being made.
      recordings.openAhead(
        path.resolve(file),
        settings().then((store) => store.codePages()),
      )
    },
    close: async () => {
      await sets.closeAll()
      recordings.giveUpAhead()
      await recordings.closeAll()
      await (await settingsStore)?.written()
      await views.written()
    },
  }
}
