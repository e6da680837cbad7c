import { useId } from 'react'
import { KINDS, type MarkKind, MIMICS, markName } from '../../shared/annotation/kinds.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { label } from '../store/marking.ts'
import { labelCase, nameMimic, sayNothing } from '../store/quizAnswering.ts'
import type { QuizDraft } from '../store/quizState.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, activeSet, selectedMarkOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Choose } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import styles from './quiz.module.css'

/** Of the whole stretch, or of what is marked in it, with the same digits as marks anywhere. */
export function WhatItIs({ draft }: { readonly draft: QuizDraft }) {
  const isLocating = useReview(({ quiz }) => quiz?.request.mode === 'locate')
  const marked = useReview(markedText)
  const isEmpty = useReview((state) => (activeSet(state)?.document.marks.length ?? 0) === 0)
  const pressed = useReview((state) => (isLocating ? kindHeld(state) : (draft.label?.kind ?? null)))
  const focusMain = useMainFocus()

  function choose(kind: MarkKind): void {
    // At a mimic's name the list of them takes the keys.
    const asksWhich = kind === 'mimic'
    if (isLocating) label(kind)
    else labelCase(kind)
    if (!asksWhich) focusMain()
  }

  return (
    <div className={styles.what}>
      <h3>{isLocating ? 'Mark it on the page' : 'What it is'}</h3>
      <fieldset className={styles.toggles} aria-label={isLocating ? 'Mark it as' : 'What it is'}>
        {KINDS.map(({ code, label: name, key }) => (
          <button
            key={code}
            type="button"
            className={styles.toggle}
            aria-pressed={pressed === code}
            onClick={() => choose(code)}
          >
            <Key>{key}</Key> <KindGlyph kind={code} /> {name}
          </button>
        ))}
        <button
          type="button"
          className={styles.toggle}
          aria-pressed={draft.isNothing && isEmpty}
          onClick={() => {
            sayNothing()
            focusMain()
          }}
        >
          <Key>4</Key> Nothing here
        </button>
      </fieldset>
      {isLocating ? (
        <p className={styles.marked} role="status">
          {marked ??
            (draft.isNothing
              ? 'You say that there is nothing to mark here.'
              : 'Drag over it, or [ and ] at the cursor; then a digit.')}
        </p>
      ) : draft.label?.kind === 'mimic' ? (
        <WhichMimic subtype={draft.label.subtype} />
      ) : (
        <p className={styles.marked}>Of all that this page shows.</p>
      )}
    </div>
  )
}

function WhichMimic({ subtype }: { readonly subtype: string | null }) {
  const id = useId()
  return (
    <div className={styles.which}>
      <label htmlFor={id}>Which mimic</label>
      <Choose
        id={id}
        value={subtype ?? ''}
        onChange={(event) => nameMimic(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">not said</option>
        {MIMICS.map(({ code, label: name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Choose>
    </div>
  )
}

/** What the next digit would be for: the picked mark, else the label that waits for its drag. */
function kindHeld(state: ReviewState): MarkKind | null {
  return selectedMarkOf(state)?.kind ?? activePane(state).armed
}

/** `Marked: Hypnic jerk`, null where nothing is. */
function markedText(state: ReviewState): string | null {
  const marks = activeSet(state)?.document.marks ?? []
  return marks.length === 0 ? null : `Marked: ${marks.map(markName).join(', ')}.`
}
