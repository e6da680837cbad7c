/** Pictures of pages without a canvas: each knows what was drawn and whether it was given back. */

import { computeLayout } from '../../renderer/page/layout.ts'
import type { PageLook, Surface } from '../../renderer/page/pageScreen.ts'
import type { Painter } from '../../renderer/page/painter.ts'
import type { Drawing } from '../../renderer/page/paintTraces.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { deferred } from './fakeHost.ts'

export type Picture = ImageBitmap & { readonly drawing: Drawing; closed: boolean }

function pictureOf(drawing: Drawing): Picture {
  const picture = {
    drawing,
    width: 1,
    height: 1,
    closed: false,
    close: () => {
      picture.closed = true
    },
  }
  return picture
}

export type Easel = {
  readonly painter: Painter
  readonly surface: Surface
  /** What was put on the screen, last last. */
  readonly put: readonly (Picture | null)[]
  /** Drawn on the window's own thread. */
  readonly drawnNow: readonly Drawing[]
  /** Asked of the worker, first first. */
  readonly asked: readonly Drawing[]
  /** Every picture that was ever made. */
  readonly made: readonly Picture[]
  /** The worker has drawn the oldest that waits, or could not. */
  readonly answer: (works?: boolean) => Promise<void>
}

export function makeEasel(): Easel {
  const put: (Picture | null)[] = []
  const drawnNow: Drawing[] = []
  const asked: Drawing[] = []
  const made: Picture[] = []
  const waiting: (() => void)[] = []
  let failing = false
  return {
    put,
    drawnNow,
    asked,
    made,
    surface: { put: (picture) => put.push(picture as Picture | null) },
    painter: {
      now: (drawing) => {
        drawnNow.push(drawing)
        const picture = pictureOf(drawing)
        made.push(picture)
        return picture
      },
      ahead: (drawing) => {
        asked.push(drawing)
        const { promise, resolve } = deferred<ImageBitmap | null>()
        waiting.push(() => {
          const picture = failing ? null : pictureOf(drawing)
          if (picture !== null) made.push(picture)
          resolve(picture)
        })
        return promise
      },
      close: () => {},
    },
    answer: async (works = true) => {
      failing = !works
      waiting.shift()?.()
      await new Promise((resolve) => setTimeout(resolve, 0))
    },
  }
}

/** 1000 pixels of plot, 500 high. */
export function lookAt(derivations: readonly Derivation[], change: Partial<PageLook> = {}): PageLook {
  const { width, height } = computeLayout(2000, 2000, []).plot
  return {
    derivations,
    layout: computeLayout(2000 - width + 1000, 2000 - height + 500, derivations),
    sensitivity: 7,
    looks: {},
    pixelsPerMm: 4,
    pixelRatio: 1,
    colours: {
      left: 'left',
      right: 'right',
      midline: 'midline',
      eog: 'eog',
      emg: 'emg',
      ecg: 'ecg',
      other: 'other',
      danger: 'danger',
    },
    markColours: { hypnic_jerk: 'jerk', spike_wave_3hz: 'spikes', mimic: 'mimic', uncertain: 'uncertain' },
    ...change,
  }
}
