import { useEffect, useRef } from 'react'
import { MIMICS } from '../../shared/annotation/kinds.ts'
import { readKey } from '../../shared/contract/keys.ts'
import { chooseSubtype, leaveUnnamed } from '../store/marking.ts'
import { nameMimic } from '../store/quizAnswering.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import popup from '../ui/popup.module.css'
import styles from './sets.module.css'

/** Letters stand beside the names: one key names the mimic; Escape leaves it unnamed. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export function MimicChooser() {
  const focusMain = useMainFocus()
  const id = useReview((state) => activePane(state).subtypeFor)
  const isWholeCase = useReview(({ quiz }) => quiz?.at.phase === 'asked' && quiz.request.mode === 'label')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (id === null) return
    list.current?.querySelector('button')?.focus()
  }, [id])
  if (id === null) return null

  function close(): void {
    leaveUnnamed()
    focusMain()
  }

  function choose(code: string): void {
    if (isWholeCase) nameMimic(code)
    else chooseSubtype(code)
    focusMain()
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const letter = readKey(event.nativeEvent)[0]?.toLowerCase() ?? ''
    const mimic = event.ctrlKey || event.metaKey || event.altKey ? undefined : MIMICS[LETTERS.indexOf(letter)]
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus()
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus()
    else if (letter.length === 1 && mimic !== undefined) choose(mimic.code)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      className={`${popup.surface} ${styles.chooser}`}
      role="dialog"
      aria-label="Which mimic?"
      onKeyDown={onKeyDown}
    >
      <p className={popup.title}>Which mimic?</p>
      <div ref={list}>
        {MIMICS.map((mimic, index) => (
          <button
            key={mimic.code}
            type="button"
            className={`${popup.item} ${styles.mimic}`}
            onClick={() => choose(mimic.code)}
          >
            <Key>{LETTERS[index] ?? ''}</Key>
            <span className={popup.text}>{mimic.label}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onClick={close}>
        Leave it unnamed (Esc)
      </Button>
    </div>
  )
}
