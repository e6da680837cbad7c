import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Confidence, Evidence, Mark } from '../../shared/annotation/document.ts'
import { KINDS, type MarkKind, MIMICS } from '../../shared/annotation/kinds.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { formatDuration } from '../plot/clock.ts'
import {
  changeChannels,
  changeComment,
  changeConfidence,
  changeEvidence,
  changeTimes,
  deleteSelected,
  relabel,
} from '../store/marking.ts'
import { useReview } from '../store/state.ts'
import { ChannelPicker } from './ChannelPicker.tsx'

const CONFIDENCES: readonly Confidence[] = ['sure', 'probable', 'possible']
const EVIDENCES: readonly { readonly code: Evidence; readonly label: string }[] = [
  { code: 'eeg', label: 'EEG' },
  { code: 'emg', label: 'EMG' },
  { code: 'video', label: 'Video' },
]

/** Everything of one mark that can be changed, each change one step of undo. */
export function MarkEditor({ mark }: { readonly mark: Mark }) {
  const readOnly = useReview((state) => state.set?.readOnly ?? true)
  const part = useReview((state) => state.markPart)
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
          <span className="editor-label">From, to</span>
          <SecondsField
            label="Start of the mark, seconds"
            value={start}
            active={part === 'start'}
            onCommit={(value) => changeTimes(mark, { start: value })}
          />
          <SecondsField
            label="End of the mark, seconds"
            value={end}
            active={part === 'end'}
            onCommit={(value) => changeTimes(mark, { end: value })}
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
            {CONFIDENCES.map((confidence) => (
              <Toggle key={confidence} value={confidence} className="toggle">
                {confidence}
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
            {EVIDENCES.map(({ code, label }) => (
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

type SecondsFieldProps = {
  readonly label: string
  readonly value: number
  readonly active: boolean
  readonly onCommit: (value: number) => void
}

/** A time in seconds; what is no number stays in the field and says so. */
function SecondsField({ label, value, active, onCommit }: SecondsFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? value.toFixed(3)
  const bad = draft !== null && parseSeconds(draft) === null

  function commit(): void {
    if (draft === null) return
    const next = parseSeconds(draft)
    if (next === null) return
    setDraft(null)
    if (Math.abs(next - value) > 5e-4) onCommit(next)
  }

  return (
    <input
      className="field field-seconds"
      inputMode="decimal"
      aria-label={label}
      aria-invalid={bad}
      title={bad ? 'Seconds after the start, such as 12.5 or 1:02.5' : label}
      data-active={active}
      value={text}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}

/** `12.5`, `1:02.5`, `0:01:02.5`, with a comma too; null for anything else. */
export function parseSeconds(text: string): number | null {
  const match = /^\s*(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d+)?)\s*$/.exec(text)
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
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
          document.querySelector<HTMLElement>('.page')?.focus()
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
