import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import {
  CONFIDENCES,
  type Confidence,
  EVIDENCE,
  type Evidence,
  KINDS,
  type MarkKind,
  MIMICS,
} from '../../shared/annotation/kinds.ts'
import { formatClock, formatDuration, formatElapsed } from '../../shared/text/clock.ts'
import { parseTypedTime } from '../../shared/text/typedTime.ts'
import { type Seconds, secondsFromTicks } from '../../shared/units.ts'
import {
  changeChannels,
  changeComment,
  changeConfidence,
  changeEvidence,
  deleteSelected,
  relabel,
} from '../store/marking.ts'
import { notify } from '../store/notices.ts'
import { changeEdge } from '../store/placing.ts'
import { activePane, activeSet, clockStartOf, notesOf, openedOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { spanToReview } from '../store/viewing.ts'
import { focusMain } from '../ui/mainFocus.ts'
import { ChannelPicker } from './ChannelPicker.tsx'

/** Everything of one mark that can be changed, each change one step of undo. */
export function MarkEditor({ mark }: { readonly mark: Mark }) {
  const readOnly = useReview((state) => activeSet(state)?.readOnly ?? true)
  const part = useReview((state) => activePane(state).markPart)
  const clock = useReview(clockStartOf)
  const start = secondsFromTicks(mark.onset)
  const end = start + secondsFromTicks(mark.duration)
  return (
    <section className="mark-editor" aria-label="Selected mark">
      <fieldset disabled={readOnly}>
        <div className="editor-row">
          <label className="editor-label" htmlFor="mark-kind">
            Kind
          </label>
          <select
            id="mark-kind"
            className="field"
            value={mark.kind}
            onChange={(event) => relabel(mark.id, event.target.value as MarkKind, null)}
          >
            {KINDS.map((kind) => (
              <option key={kind.code} value={kind.code}>
                {kind.label}
              </option>
            ))}
          </select>
        </div>
        {mark.kind === 'mimic' && (
          <div className="editor-row">
            <label className="editor-label" htmlFor="mark-subtype">
              Which
            </label>
            <select
              id="mark-subtype"
              className="field"
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
            </select>
          </div>
        )}
        <div className="editor-row">
          <span className="editor-label">From</span>
          <TimeField
            label="Start of the mark"
            value={start}
            active={part === 'start'}
            onCommit={(value) => changeEdge(mark, 'start', value)}
          />
          {clock !== null && (
            <span className="editor-length editor-clock">{formatClock(clock, start, 3)}</span>
          )}
        </div>
        <div className="editor-row">
          <span className="editor-label">To</span>
          <TimeField
            label="End of the mark"
            value={end}
            active={part === 'end'}
            onCommit={(value) => changeEdge(mark, 'end', value)}
          />
          <span className="editor-length">{formatDuration(end - start)}</span>
        </div>
        <div className="editor-row">
          <span className="editor-label">Sure?</span>
          <ToggleGroup
            className="toggles"
            aria-label="Confidence"
            value={mark.confidence === null ? [] : [mark.confidence]}
            onValueChange={(value) =>
              changeConfidence(mark.id, (value.at(-1) as Confidence | undefined) ?? null)
            }
          >
            {CONFIDENCES.map(({ code, label }) => (
              <Toggle key={code} value={code} className="toggle">
                {label}
              </Toggle>
            ))}
          </ToggleGroup>
        </div>
        <div className="editor-row">
          <span className="editor-label">Seen in</span>
          <ToggleGroup
            className="toggles"
            aria-label="Evidence"
            multiple
            value={[...mark.evidence]}
            onValueChange={(value) => changeEvidence(mark.id, value as Evidence[])}
          >
            {EVIDENCE.map(({ code, label }) => (
              <Toggle key={code} value={code} className="toggle">
                {label}
              </Toggle>
            ))}
          </ToggleGroup>
          <ChannelPicker mark={mark} onChange={(channels) => changeChannels(mark.id, channels)} />
        </div>
        <CommentField comment={mark.comment} onCommit={(comment) => changeComment(mark.id, comment)} />
        {mark.kind === 'hypnic_jerk' &&
          mark.evidence.length > 0 &&
          !mark.evidence.some((seen) => seen !== 'eeg') && (
            <p className="editor-hint">
              A hypnic jerk cannot be established from scalp EEG alone: note EMG or video.
            </p>
          )}
        <div className="editor-row editor-foot">
          <span className="editor-who" title={`Changed ${mark.changed}`}>
            {mark.author}
          </span>
          <button type="button" className="quiet-button" onClick={deleteSelected}>
            <Trash2 size={14} aria-hidden="true" /> Delete
          </button>
        </div>
      </fieldset>
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
  const recording = useReview(openedOf)
  const notes = useReview(notesOf)
  const frame =
    recording === null
      ? null
      : { start: recording.recording.header.start, span: spanToReview(recording, notes) }
  const shown = formatElapsed(value, 3)
  const typed = draft === null || frame === null ? null : parseTypedTime(draft, frame)

  function commit(): void {
    setDraft(null)
    if (typed === null || draft?.trim() === shown) return
    if (!typed.ok) return notify('problem', typed.problem)
    if (Math.abs(typed.time - value) > 5e-4) onCommit(typed.time)
  }

  return (
    <input
      className="field field-time"
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
  const [draft, setDraft] = useState(comment)
  const [base, setBase] = useState(comment)
  if (base !== comment) {
    // Undo or another field changed it: the field follows.
    setBase(comment)
    setDraft(comment)
  }
  return (
    <textarea
      id="mark-comment"
      className="field field-comment"
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

function Parameters({ parameters }: { readonly parameters: NonNullable<Mark['parameters']> }) {
  return (
    <dl className="facts">
      {Object.entries(parameters).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
