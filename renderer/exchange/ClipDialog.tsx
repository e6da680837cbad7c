import { useEffect, useMemo, useState } from 'react'
import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { ClipExported } from '../../shared/contract/jobs.ts'
import { type ClipChoice, previewClip, writeClip } from '../store/clipping.ts'
import { messageOf } from '../store/notices.ts'
import { activeSet, headerOf, notesOf, scanOf, timelineOf } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { Choose, Input, Labelled, Problem } from '../ui/Field.tsx'
import { ClipChannels } from './ClipChannels.tsx'
import { ClipProof } from './ClipProof.tsx'
import { ClipTexts } from './ClipTexts.tsx'
import clipStyles from './clip.module.css'
import { offeredSpans, readTypedSpan, type SpanCode, typedForm } from './clipSpans.ts'
import { PreviewedExport } from './PreviewedExport.tsx'
import styles from './previewed.module.css'
import { useWriting } from './useWriting.ts'

type Seen =
  | { readonly state: 'asking'; readonly before: ClipPreview | null }
  | { readonly state: 'seen'; readonly preview: ClipPreview }
  | { readonly state: 'refused'; readonly before: ClipPreview | null; readonly message: string }

type Props = {
  readonly onClose: () => void
  /** A copy of all that was recorded is what the reader came for. */
  readonly isWhole?: boolean
}

/** A part of the recording, or all of it, that names nobody: what of it, what stays behind, and where it went. */
export function ClipDialog({ onClose, isWhole = false }: Props) {
  const offers = useMemo(offeredSpans, [])
  const first = isWhole ? offers.at(-1) : offers[0]
  const [code, setCode] = useState<SpanCode>(first?.code ?? 'whole')
  const [from, setFrom] = useState(typedForm(first?.span.start ?? 0))
  const [to, setTo] = useState(typedForm(first?.span.end ?? 0))
  const [signals, setSignals] = useState<readonly number[] | null>(null)
  const [marks, setMarks] = useState(true)
  const [notes, setNotes] = useState(true)
  const [keep, setKeep] = useState<readonly string[]>([])
  const [proof, setProof] = useState(false)
  const isBrowser = getState().shell.facts.kind === 'browser'
  const [name, setName] = useState(isWhole ? 'copy' : 'clip')
  const { writing, write, change, callOff } = useWriting<ClipExported>()
  const header = useReview(headerOf)
  const timeline = useReview(timelineOf)
  const set = useReview(activeSet)
  const hasNotes = useReview((state) => notesOf(state).length > 0)
  const typed = readTypedSpan(from, to, header?.start ?? null, timeline?.span ?? { start: 0, end: 0 })
  const offered = offers.find((each) => each.code === code)
  const span = code === 'whole' ? ('whole' as const) : (offered?.span ?? (typed.ok ? typed.span : null))
  const choice: ClipChoice | null =
    span === null ? null : { span, signals, notes, keep, marks: marks && set !== null }
  const seen = usePreview(choice)
  const known = seen.state === 'seen' ? seen.preview : seen.before
  // Where nothing could be written, what was seen before is not beside the sentence that says so.
  const preview = choice === null || seen.state === 'refused' ? null : known
  const isWriting = writing.state === 'writing'

  function close(): void {
    callOff()
    onClose()
  }

  function chooseSpan(next: SpanCode): void {
    const chosen = offers.find((each) => each.code === next)
    change(() => setCode(next))
    if (chosen === undefined) return
    setFrom(typedForm(chosen.span.start))
    setTo(typedForm(chosen.span.end))
  }

  function type(set: (text: string) => void, text: string): void {
    change(() => set(text))
    setCode('typed')
  }

  return (
    <PreviewedExport
      title={code === 'whole' ? 'Export a de-identified copy' : 'Export a clip'}
      onClose={close}
      writing={writing}
      outcome={writing.state === 'written' && <Written {...writing.made} />}
      action={{
        label: isBrowser ? 'Write beside the recording' : 'Choose where…',
        isReady: choice !== null && seen.state === 'seen',
        onPress: () => {
          if (choice !== null)
            void write((control) => writeClip(choice, { proof, name: isBrowser ? name : null, ...control }))
        },
      }}
      form={
        <>
          <Labelled label="What of the recording">
            <Choose
              value={code}
              disabled={isWriting}
              onChange={(event) => chooseSpan(event.target.value as SpanCode)}
            >
              {offers.map((each) => (
                <option key={each.code} value={each.code}>
                  {each.label}
                </option>
              ))}
              <option value="typed">From and to, as typed</option>
            </Choose>
          </Labelled>
          {code !== 'whole' && (
            <div className={clipStyles.times}>
              <Labelled label="From">
                <Input
                  value={from}
                  disabled={isWriting}
                  onChange={(event) => type(setFrom, event.target.value)}
                />
              </Labelled>
              <Labelled label="To">
                <Input
                  value={to}
                  disabled={isWriting}
                  onChange={(event) => type(setTo, event.target.value)}
                />
              </Labelled>
            </div>
          )}
          {code === 'typed' && !typed.ok && <Problem>{typed.problem}</Problem>}
          <ClipChannels
            header={header}
            unwritable={known?.unwritable ?? NONE}
            chosen={signals}
            disabled={isWriting}
            onChange={(next) => change(() => setSignals(next))}
          />
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={marks && set !== null}
              disabled={isWriting || set === null}
              onChange={() => change(() => setMarks(!marks))}
            />{' '}
            With the marks of {set?.document.reviewer ?? 'the set'}, without comments and dates
          </label>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={notes && hasNotes}
              disabled={isWriting || !hasNotes}
              onChange={() => change(() => setNotes(!notes))}
            />{' '}
            With the recording’s own annotations, as far as they are words of the field
          </label>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={proof}
              disabled={isWriting}
              onChange={() => change(() => setProof(!proof))}
            />{' '}
            Keep the proof sheet beside it
          </label>
          {isBrowser && (
            <Labelled label="Name of the file, which is read too">
              <Input
                value={name}
                disabled={isWriting}
                onChange={(event) => change(() => setName(event.target.value))}
              />
            </Labelled>
          )}
        </>
      }
      isAsking={choice !== null && seen.state === 'asking'}
      preview={
        <>
          {choice !== null && seen.state === 'refused' && <Problem>{seen.message}</Problem>}
          {preview !== null && (
            <>
              <ClipTexts
                of="clip"
                texts={preview.texts}
                keep={keep}
                complete={preview.complete}
                disabled={isWriting}
                onChange={(next) => change(() => setKeep(next))}
              />
              <ClipProof preview={preview} />
            </>
          )}
        </>
      }
    />
  )
}

function Written({ folder, files, caution }: ClipExported) {
  return (
    <>
      <p className={styles.good}>
        Written and checked, in the folder {folder}: {files.join(', ')}
      </p>
      {caution !== null && <p className={styles.caution}>Look at it again: {caution}.</p>}
    </>
  )
}

const NONE: ClipPreview['unwritable'] = []
/** A span that is typed is asked about once it rests. */
const REST_MS = 150

/** What the host says of the clip as it is chosen now; asked again when more of the recording was read. */
function usePreview(choice: ClipChoice | null): Seen {
  const [seen, setSeen] = useState<Seen>({ state: 'asking', before: null })
  const isReading = useReview((state) => scanOf(state) !== null)
  const asked = choice === null ? null : JSON.stringify(choice)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read meanwhile changes the answer
  useEffect(() => {
    let current = true
    setSeen((last) => ({ state: 'asking', before: last.state === 'seen' ? last.preview : last.before }))
    if (asked === null) return
    const timer = setTimeout(async () => {
      try {
        const preview = await previewClip(JSON.parse(asked) as ClipChoice)
        if (current && preview !== null) setSeen({ state: 'seen', preview })
      } catch (thrown) {
        const message = messageOf(thrown)
        if (!current) return
        setSeen((last) => ({
          state: 'refused',
          message,
          before: last.state === 'seen' ? last.preview : last.before,
        }))
      }
    }, REST_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [asked, isReading])
  return seen
}
