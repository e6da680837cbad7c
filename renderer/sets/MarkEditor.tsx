import { Trash2, X } from 'lucide-react'
import { useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { CONFIDENCES, EVIDENCE, KINDS, type MarkKind, MIMICS } from '../../shared/annotation/kinds.ts'
import { formatClock, formatDuration, formatElapsed } from '../../shared/text/clock.ts'
import { parseTypedTime } from '../../shared/text/typedTime.ts'
import { type Seconds, secondsFromTicks } from '../../shared/units.ts'
import { addToLesson } from '../store/addingToLesson.ts'
import {
  changeChannels,
  changeComment,
  changeConfidence,
  changeEvidence,
  deleteSelected,
  relabel,
} from '../store/marking.ts'
import { restoreMarkView } from '../store/markView.ts'
import { notify } from '../store/notices.ts'
import { unpin } from '../store/pinning.ts'
import { changeEdge } from '../store/placing.ts'
import {
  activePane,
  activeSet,
  clockStartOf,
  isMarkable,
  notesOf,
  openedOf,
  selectedMarkOf,
} from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { spanToReview } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Choose, Input, TextArea } from '../ui/Field.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import { Toggles } from '../ui/Toggles.tsx'
import { ChannelPicker } from './ChannelPicker.tsx'
import styles from './sets.module.css'

/** Everything of one mark that can be changed, each change one step of undo. */
export function MarkEditor({ mark }: { readonly mark: Mark }) {
  const readOnly = useReview((state) => !isMarkable(activeSet(state)))
  const part = useReview((state) => activePane(state).markPart)
  const clock = useReview(clockStartOf)
  const start = secondsFromTicks(mark.onset)
  const end = start + secondsFromTicks(mark.duration)
  return (
    <section className={styles.editor} aria-label="Selected mark">
      <fieldset disabled={readOnly}>
        <div className={styles.row}>
          <label className={styles.label} htmlFor="mark-kind">
            Kind
          </label>
          <Choose
            id="mark-kind"
            value={mark.kind}
            onChange={(event) => relabel(mark.id, event.target.value as MarkKind, null)}
          >
            {KINDS.map((kind) => (
              <option key={kind.code} value={kind.code}>
                {kind.label}
              </option>
            ))}
          </Choose>
        </div>
        {mark.kind === 'mimic' && (
          <div className={styles.row}>
            <label className={styles.label} htmlFor="mark-subtype">
              Which
            </label>
            <Choose
              id="mark-subtype"
              value={mark.subtype ?? ''}
              onChange={(event) =>
                relabel(mark.id, 'mimic', event.target.value === '' ? null : event.target.value)
              }
            >
              <option value="">not said</option>
              {MIMICS.map((mimic) => (
                <option key={mimic.code} value={mimic.code}>
                  {mimic.label}
                </option>
              ))}
            </Choose>
          </div>
        )}
        <div className={styles.row}>
          <span className={styles.label}>From</span>
          <TimeField
            label="Start of the mark"
            value={start}
            active={part === 'start'}
            onCommit={(value) => changeEdge(mark, 'start', value)}
          />
          {clock !== null && (
            <span className={`${styles.length} ${styles.clock}`}>{formatClock(clock, start, 3)}</span>
          )}
        </div>
        <div className={styles.row}>
          <span className={styles.label}>To</span>
          <TimeField
            label="End of the mark"
            value={end}
            active={part === 'end'}
            onCommit={(value) => changeEdge(mark, 'end', value)}
          />
          <span className={styles.length}>{formatDuration(end - start)}</span>
        </div>
        <div className={styles.row}>
          <span className={styles.label}>Sure?</span>
          <Toggles
            label="Confidence"
            options={CONFIDENCES}
            value={mark.confidence === null ? [] : [mark.confidence]}
            onChange={(value) => changeConfidence(mark.id, value.at(-1) ?? null)}
          />
        </div>
        <div className={styles.row}>
          <span className={styles.label}>Seen in</span>
          <Toggles
            label="Evidence"
            multiple
            options={EVIDENCE}
            value={mark.evidence}
            onChange={(value) => changeEvidence(mark.id, value)}
          />
          <ChannelPicker mark={mark} onChange={(channels) => changeChannels(mark.id, channels)} />
        </div>
        <CommentField comment={mark.comment} onCommit={(comment) => changeComment(mark.id, comment)} />
        {mark.kind === 'hypnic_jerk' &&
          mark.evidence.length > 0 &&
          !mark.evidence.some((seen) => seen !== 'eeg') && (
            <p className={styles.hint}>
              A hypnic jerk cannot be established from scalp EEG alone: note EMG or video.
            </p>
          )}
        <div className={`${styles.row} ${styles.foot}`}>
          <span className={styles.who} title={`Changed ${mark.changed}`}>
            {mark.author}
          </span>
          {mark.view !== null && (
            <Button look="quiet" onClick={restoreMarkView} title="Restore the view of this mark (B)">
              Its view
            </Button>
          )}
          <Button look="quiet" onClick={() => void addToLesson()} title="Add to lesson (Shift+A)">
            To lesson
          </Button>
          <Button look="quiet" onClick={deleteSelected}>
            <Trash2 size={14} aria-hidden="true" /> Delete
          </Button>
        </div>
      </fieldset>
      {mark.measured !== undefined && <Pinned mark={mark} measured={mark.measured} />}
      {mark.parameters !== undefined && <Parameters parameters={mark.parameters} />}
    </section>
  )
}

type TimeFieldProps = {
  readonly label: string
  readonly value: Seconds
  readonly active: boolean
  readonly onCommit: (value: Seconds) => void
}

/** Elapsed time, to the sample; it takes what parseTypedTime takes, and gives the old one back for anything else. */
function TimeField({ label, value, active, onCommit }: TimeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const opened = useReview(openedOf)
  const notes = useReview(notesOf)
  const frame =
    opened === null ? null : { start: opened.recording.header.start, span: spanToReview(opened, notes) }
  const shown = formatElapsed(value, 3)
  const typed = draft === null || frame === null ? null : parseTypedTime(draft, frame)

  function commit(): void {
    setDraft(null)
    if (typed === null || draft?.trim() === shown) return
    if (!typed.ok) return notify('problem', typed.problem)
    if (Math.abs(typed.time - value) > 5e-4) onCommit(typed.time)
  }

  return (
    <Input
      className={styles.time}
      aria-label={label}
      aria-invalid={typed !== null && !typed.ok}
      title={`${label}: seconds, elapsed${frame?.start == null ? '' : ' or clock'} time`}
      data-active={active}
      value={draft ?? shown}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}

function CommentField({
  comment,
  onCommit,
}: {
  readonly comment: string
  readonly onCommit: (text: string) => void
}) {
  const focusMain = useMainFocus()
  const [draft, setDraft] = useState(comment)
  const [base, setBase] = useState(comment)
  if (base !== comment) {
    // Undo or another field changed it: the field follows.
    setBase(comment)
    setDraft(comment)
  }
  return (
    <TextArea
      id="mark-comment"
      className={styles.comment}
      rows={2}
      aria-label="Comment"
      placeholder="Comment (C)"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== comment) onCommit(draft)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
          event.preventDefault()
          event.currentTarget.blur()
          focusMain()
        }
      }}
    />
  )
}

type PinnedProps = { readonly mark: Mark; readonly measured: NonNullable<Mark['measured']> }

/** What was measured on it and pinned; told where the mark has been moved since. */
function Pinned({ mark, measured }: PinnedProps) {
  const canUnpin = useReview((state) => selectedMarkOf(state)?.id === mark.id && isMarkable(activeSet(state)))
  return (
    <section aria-label="Pinned values">
      <ul className={styles.pinned}>
        {measured.map(({ entry, label, text, onset, duration }) => (
          <li key={entry}>
            <span>{label}</span>
            <strong>{text}</strong>
            {(onset !== mark.onset || duration !== mark.duration) && (
              <span>measured before its edges were moved</span>
            )}
            {canUnpin && (
              <Button
                look="icon"
                aria-label={`Unpin ${label}`}
                title="Unpin"
                onClick={() => unpin(mark.id, entry)}
              >
                <X size={14} aria-hidden="true" />
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Parameters({ parameters }: { readonly parameters: NonNullable<Mark['parameters']> }) {
  return <Facts facts={Object.entries(parameters).map(([name, value]) => [name, String(value)] as const)} />
}
