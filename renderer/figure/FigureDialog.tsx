import { useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Span } from '../../shared/units.ts'
import { spanOfMark } from '../store/editing.ts'
import { copyPicture, keepPicture } from '../store/figures.ts'
import { reportFailure } from '../store/notices.ts'
import { print } from '../store/printing.ts'
import { activePane } from '../store/selectors.ts'
import { pickedMarkIn, timelineIn } from '../store/shownIn.ts'
import { getState } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { Toggles } from '../ui/Toggles.tsx'
import styles from './figure.module.css'
import { DOTS_PER_INCH, FIGURE_SIZES, type FigureSize, PIXELS_PER_INCH } from './figureSizes.ts'
import { withDensity } from './pngDensity.ts'
import { useFigurePicture } from './useFigurePicture.ts'

/** What stands on either side of a mark that is shown. */
const BESIDE_MARK = 1
/** Less is no stretch of EEG. */
const SHORTEST = 0.2

/** Of the page, of the selection or of the mark: as an SVG, as a PNG, onto the clipboard or onto paper. */
export function FigureDialog({ onClose }: { readonly onClose: () => void }) {
  const stretches = useMemo(planStretches, [])
  const [what, setWhat] = useState(stretches[0]!.code)
  const [sizeCode, setSize] = useState<FigureSize['code']>('slide')
  const [withMarks, setWithMarks] = useState(true)
  const { span } = stretches.find(({ code }) => code === what)!
  const size = FIGURE_SIZES.find(({ code }) => code === sizeCode)!
  const picture = useFigurePicture(span, size, withMarks)
  const made = picture.state === 'made' ? picture : null
  const address = usePictureAddress(made?.svg ?? null)

  async function withPng(use: (png: Uint8Array<ArrayBuffer>) => Promise<void>): Promise<void> {
    try {
      const { pictureOf } = await import('../page/plotlyCharts.ts')
      const png = await pictureOf(made!.chart, 'png', DOTS_PER_INCH / PIXELS_PER_INCH)
      await use(withDensity(png, DOTS_PER_INCH))
    } catch (thrown) {
      reportFailure(thrown)
    }
  }

  const isMade = made !== null
  return (
    <Dialog
      title="Figure"
      onClose={onClose}
      wide
      actions={
        <>
          <Button look="secondary" disabled={!isMade} onClick={() => print(false)}>
            Print or PDF…
          </Button>
          <Button look="secondary" disabled={!isMade} onClick={() => void withPng(copyPicture)}>
            Copy
          </Button>
          <Button
            look="secondary"
            disabled={!isMade}
            onClick={() => void withPng((png) => keepPicture(NAME, 'png', png))}
          >
            Save PNG
          </Button>
          <Button
            look="primary"
            disabled={!isMade}
            onClick={() => void keepPicture(NAME, 'svg', new TextEncoder().encode(made!.svg))}
          >
            Save SVG
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        <Toggles
          label="What it shows"
          options={stretches}
          value={[what]}
          onChange={(codes) => chooseOne(codes, setWhat)}
        />
        <Toggles
          label="Size"
          options={FIGURE_SIZES}
          value={[sizeCode]}
          onChange={(codes) => chooseOne(codes, setSize)}
        />
        <Toggles
          label="With"
          options={[{ code: 'marks', label: 'Marks' }]}
          value={withMarks ? ['marks'] : []}
          onChange={(value) => setWithMarks(value.length > 0)}
          multiple
        />
        <span className={styles.facts}>
          {size.width} × {size.height} mm, PNG at {DOTS_PER_INCH} dpi
        </span>
      </div>
      <div className={styles.preview} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        {address !== null && <img src={address} alt="The figure as it will be kept" />}
        {picture.state === 'making' && <p role="status">Drawing the figure…</p>}
        {picture.state === 'failed' && <Problem>{picture.message}</Problem>}
      </div>
      <p className={styles.facts}>
        No file name, reviewer, date, note or comment goes along. The samples are those of the page, none left
        out.
      </p>
      {address !== null && <Paper address={address} size={size} />}
    </Dialog>
  )
}

const NAME = 'eeg-figure'

/** Only on paper, and there alone. */
function Paper({ address, size }: { readonly address: string; readonly size: FigureSize }) {
  return createPortal(
    <div className={styles.paper}>
      <img src={address} alt="" style={{ width: `${size.width}mm` }} />
    </div>,
    document.body,
  )
}

/** An address for an `img`, given back when it is not shown any more. */
function usePictureAddress(svg: string | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (svg === null) return setAddress(null)
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return address
}

type Stretch = { readonly code: 'page' | 'selection' | 'mark'; readonly label: string; readonly span: Span }

/** What there is to be shown now, the narrowest last. */
function planStretches(): readonly Stretch[] {
  const state = getState()
  const { shown, selection } = activePane(state)
  const whole = timelineIn(state)?.span ?? { start: 0, end: 0 }
  const mark = pickedMarkIn(state)
  const page = shown?.span ?? whole
  const stretches: Stretch[] = [{ code: 'page', label: 'Page', span: page }]
  if (selection !== null && selection.end - selection.start >= SHORTEST) {
    stretches.push({ code: 'selection', label: 'Selection', span: selection })
  }
  if (mark !== null) {
    const { start, end } = spanOfMark(mark)
    const span = {
      start: Math.max(whole.start, start - BESIDE_MARK),
      end: Math.min(whole.end, end + BESIDE_MARK),
    }
    stretches.push({ code: 'mark', label: 'Mark', span })
  }
  return stretches
}

/** One of them is always chosen: what is pressed again stays. */
function chooseOne<Value extends string>(values: readonly Value[], choose: (value: Value) => void): void {
  const value = values.at(-1)
  if (value !== undefined) choose(value)
}
