import { useState } from 'react'
import { changeSettings } from '../store/settings.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Input, Labelled, Problem } from '../ui/Field.tsx'
import { pixelsPerMillimetre } from './layout.ts'
import styles from './page.module.css'

const BAR_PIXELS = 400

/** Measure a bar with a ruler: after that uV/mm and mm/s are true on this display. */
export function CalibrateDialog({ onClose }: { readonly onClose: () => void }) {
  const measured = useReview((state) => state.shell.settings.pixelsPerMillimetre)
  const [text, setText] = useState((BAR_PIXELS / pixelsPerMillimetre(measured)).toFixed(1))
  const millimetres = Number(text.replace(',', '.'))
  const perMillimetre = BAR_PIXELS / millimetres
  const onDisplay = perMillimetre * window.devicePixelRatio
  const isPlausible = Number.isFinite(onDisplay) && onDisplay >= 1 && onDisplay <= 40

  function keep(): void {
    if (!isPlausible) return
    // In device pixels, so that it stays true at any zoom.
    changeSettings({ pixelsPerMillimetre: onDisplay })
    onClose()
  }

  return (
    <Dialog
      title="Calibrate the screen"
      onClose={onClose}
      actions={
        <>
          <Button
            look="secondary"
            disabled={measured === null}
            onClick={() => {
              changeSettings({ pixelsPerMillimetre: null })
              onClose()
            }}
          >
            Forget the measurement
          </Button>
          <Button look="primary" disabled={!isPlausible} onClick={keep}>
            Use this length
          </Button>
        </>
      }
    >
      <p>
        Hold a ruler to the screen and measure the bar. Do it again on another display; the zoom of the page
        is reckoned with.
      </p>
      <div className={styles.ruler} style={{ width: BAR_PIXELS }} aria-hidden="true" />
      <Labelled label="Length of the bar in millimetres">
        <Input
          inputMode="decimal"
          value={text}
          aria-invalid={!isPlausible}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
          }}
        />
      </Labelled>
      {!isPlausible && <Problem>Type the length in millimetres, between 10 and 400.</Problem>}
    </Dialog>
  )
}
