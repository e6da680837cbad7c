import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { hintFor, type Place, sayPlace } from '../../shared/text/typedPlace.ts'
import { goToPlace, groundNow, leavePlace, readPlace } from '../store/goingTo.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import styles from './recording.module.css'

/** Where to go: a field over the status line, there while it is asked for. */
export function GoTo() {
  return useReview((state) => state.ui.asksForPlace) ? <PlaceField /> : null
}

const LIST = 'places-meant'

function PlaceField() {
  const focusMain = useMainFocus()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  // What cannot be read is a beginning until Enter says that it is all.
  const [isAll, setAll] = useState(false)
  useEffect(() => input.current?.focus(), [])

  const ground = groundNow()
  const typed = text.trim() === '' ? null : readPlace(text)
  if (ground === null) return null
  const places: readonly Place[] = typed?.ok === true ? typed.places : []
  const place = places[Math.min(chosen, places.length - 1)]
  const problem = isAll && typed?.ok === false ? typed.problem : null

  function change(next: string): void {
    setText(next)
    setChosen(0)
    setAll(false)
  }

  function leave(): void {
    leavePlace()
    focusMain()
  }

  function go(index: number): void {
    const wanted = places[index]
    if (wanted === undefined) return setAll(true)
    goToPlace(wanted)
    focusMain()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = places.length - 1
    if (event.key === 'Enter') go(Math.min(chosen, last))
    else if (event.key === 'Escape') leave()
    else if (event.key === 'ArrowDown') setChosen(Math.min(chosen + 1, Math.max(0, last)))
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, chosen - 1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <search className={styles.goTo} aria-label="Go to">
      <label htmlFor="go-to">Go to</label>
      <Input
        ref={input}
        id="go-to"
        className={styles.place}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={places.length > 0}
        aria-controls={LIST}
        aria-activedescendant={place === undefined ? undefined : `${LIST}-${places.indexOf(place)}`}
        aria-describedby="go-to-hint"
        aria-invalid={problem !== null}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={LIST} role="listbox" aria-label="What it may mean" className={styles.places}>
        {places.map((each, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys for its options
          // biome-ignore lint/a11y/useFocusableInteractive: an option is reached through aria-activedescendant
          <span
            key={`${each.as} ${each.time}`}
            id={`${LIST}-${index}`}
            role="option"
            aria-selected={each === place}
            className={styles.placeMeant}
            onClick={() => go(index)}
          >
            {sayPlace(each, ground)}
          </span>
        ))}
      </div>
      {places.length === 0 && (
        <span id="go-to-hint" className={styles.placeHint} data-problem={problem !== null} role="status">
          {problem ?? hintFor(ground)}
        </span>
      )}
      <span className={styles.placeKeys}>
        {places.length > 1 && '↑ ↓ which · '}
        {places.length > 0 && 'Enter goes · '}
        <Button look="link" onClick={leave}>
          Esc closes
        </Button>
      </span>
    </search>
  )
}
