import { useEffect, useState } from 'react'
import { MAX_CONSENT, MAX_LICENCE, PACK_KEYS, type PackKeys } from '../../shared/teaching/pack/pack.ts'
import type { PackMade, PackPreview } from '../../shared/teaching/pack/packPreview.ts'
import { messageOf } from '../store/notices.ts'
import { type PackChoice, planPack, writePack } from '../store/packs.ts'
import { getState, useReview } from '../store/state.ts'
import { Choose, Input, Labelled, Problem, TextArea } from '../ui/Field.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { ClipTexts } from './ClipTexts.tsx'
import { formatBytes } from './formatBytes.ts'
import { LessonTexts } from './LessonTexts.tsx'
import { PackClips } from './PackClips.tsx'
import { PreviewedExport } from './PreviewedExport.tsx'
import styles from './previewed.module.css'
import { useWriting } from './useWriting.ts'

/** The open lesson and clips of its recordings as one file: what is said of it, what goes, and where it went. */
export function PackDialog({ onClose }: { readonly onClose: () => void }) {
  const lesson = useReview((state) => state.lessons.open?.lesson ?? null)
  const [licence, setLicence] = useState(lesson?.licence ?? '')
  const [consent, setConsent] = useState('')
  const [keys, setKeys] = useState<PackKeys>('open')
  const [channels, setChannels] = useState<PackChoice['channels']>('all')
  const [keep, setKeep] = useState<readonly string[]>([])
  const isBrowser = getState().shell.facts.kind === 'browser'
  const [name, setName] = useState(lesson?.title ?? 'lesson')
  const { writing, write, change, callOff } = useWriting<PackMade>()
  const isSaid = licence.trim() !== '' && consent.trim() !== ''
  const choice: PackChoice = { head: { licence, consent, keys }, channels, keep }
  const seen = usePreview(choice)
  const isWriting = writing.state === 'writing'
  const told = PACK_KEYS.find(({ code }) => code === keys)
  const preview = seen.preview
  const saidAgain = preview?.lessonTexts.find(({ id, instead }) => instead === null && !keep.includes(id))

  function close(): void {
    callOff()
    onClose()
  }

  return (
    <PreviewedExport
      title={`Export “${lesson?.title ?? 'a lesson'}” as a teaching pack`}
      onClose={close}
      writing={writing}
      outcome={
        <>
          {writing.state === 'written' && (
            <p className={styles.good}>
              Written and checked, in the folder {writing.made.folder}: {writing.made.name},{' '}
              {formatBytes(writing.made.bytes)}, SHA-256 {writing.made.sha256}
            </p>
          )}
          {writing.state === 'choosing' && isSaid && saidAgain !== undefined && (
            <p className={styles.caution}>
              {saidAgain.where} repeats what the header or the name of a recording says: change it, or let it
              through.
            </p>
          )}
          {writing.state === 'choosing' && !isSaid && (
            <p className={styles.hint}>
              A pack says under which licence and by what consent it is given away.
            </p>
          )}
        </>
      }
      action={{
        label: isBrowser ? 'Write the pack' : 'Choose where…',
        isReady: isSaid && seen.state === 'seen' && saidAgain === undefined,
        onPress: () =>
          void write((control) => writePack(choice, { name: isBrowser ? name : null, ...control })),
      }}
      form={
        <>
          <Labelled label="Licence: what may be done with it (required)">
            <Input
              value={licence}
              maxLength={MAX_LICENCE}
              placeholder="CC BY 4.0, your department"
              disabled={isWriting}
              onChange={(event) => change(() => setLicence(event.target.value))}
            />
          </Labelled>
          <Labelled label="Consent: what allows these recordings to be given away (required)">
            <TextArea
              rows={3}
              value={consent}
              maxLength={MAX_CONSENT}
              placeholder="In a sentence, as it is shown to whoever opens the pack"
              disabled={isWriting}
              onChange={(event) => change(() => setConsent(event.target.value))}
            />
          </Labelled>
          <Labelled label="Answers">
            <Choose
              value={keys}
              disabled={isWriting}
              onChange={(event) => change(() => setKeys(event.target.value as PackKeys))}
            >
              {PACK_KEYS.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </Choose>
          </Labelled>
          <p className={styles.hint}>
            {told?.label}: {told?.says}
            {keys === 'sealed' ? '. It is the app’s word and no lock: other programs read any file.' : '.'}
          </p>
          <Labelled label="Channels">
            <Choose
              value={channels}
              disabled={isWriting}
              onChange={(event) => change(() => setChannels(event.target.value as PackChoice['channels']))}
            >
              <option value="all">All that were recorded</option>
              <option value="shown">Those that the cases show</option>
            </Choose>
          </Labelled>
          {isBrowser && (
            <Labelled label="Name of the file">
              <Input
                value={name}
                disabled={isWriting}
                onChange={(event) => change(() => setName(event.target.value))}
              />
            </Labelled>
          )}
        </>
      }
      isAsking={seen.state === 'asking'}
      preview={
        <>
          {seen.state === 'refused' && <Problem>{seen.message}</Problem>}
          {seen.state === 'asking' && preview === null && (
            <ProgressBar label="Looking at the recordings" done={seen.done} />
          )}
          {preview !== null && seen.state !== 'refused' && (
            <>
              <p className={styles.hint}>
                The lesson’s own title, description, questions, reasons and comments go as they are written:
                read them first. They are compared only with the headers and file names of its recordings.
              </p>
              <LessonTexts
                texts={preview.lessonTexts}
                keep={keep}
                disabled={isWriting}
                onChange={(next) => change(() => setKeep(next))}
              />
              <ClipTexts
                of="clips"
                texts={preview.texts}
                keep={keep}
                complete
                disabled={isWriting}
                onChange={(next) => change(() => setKeep(next))}
              />
              <PackClips preview={preview} />
            </>
          )}
        </>
      }
    />
  )
}

type Seen = {
  readonly state: 'asking' | 'seen' | 'refused'
  /** Of the last answer, until there is another. */
  readonly preview: PackPreview | null
  readonly done: number
  readonly message: string
}

/** What is typed is asked about once it rests. */
const REST_MS = 400
const NOTHING_SAID = 'not said yet'

/** What the host says of the pack as it is chosen now. */
function usePreview({ head, ...rest }: PackChoice): Seen {
  const [seen, setSeen] = useState<Seen>({ state: 'asking', preview: null, done: 0, message: '' })
  // What the pack would hold is told before anything is said of it.
  const said = {
    ...head,
    licence: head.licence.trim() === '' ? NOTHING_SAID : head.licence,
    consent: head.consent.trim() === '' ? NOTHING_SAID : head.consent,
  }
  const asked = JSON.stringify({ head: said, ...rest })
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    setSeen((last) => ({ ...last, state: 'asking', done: 0 }))
    const timer = setTimeout(async () => {
      try {
        const preview = await planPack(JSON.parse(asked) as PackChoice, {
          signal,
          onProgress: (done) => !signal.aborted && setSeen((last) => ({ ...last, done })),
        })
        if (!signal.aborted && preview !== null) setSeen({ state: 'seen', preview, done: 1, message: '' })
      } catch (thrown) {
        if (!signal.aborted) setSeen((last) => ({ ...last, state: 'refused', message: messageOf(thrown) }))
      }
    }, REST_MS)
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [asked])
  return seen
}
