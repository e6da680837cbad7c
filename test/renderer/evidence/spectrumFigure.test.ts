import { describe, expect, it } from 'vitest'
import { highestShown, planSpectrum, powerUnit } from '../../../renderer/evidence/spectrumFigure.ts'
import type { FigureColours } from '../../../renderer/page/figure.ts'
import type { ChannelSpectrum } from '../../../shared/signal/spectra.ts'

const colours = new Proxy({}, { get: (_, name) => String(name) }) as FigureColours

function channel(fields: Partial<ChannelSpectrum>): ChannelSpectrum {
  const power = Float64Array.from({ length: 401 }, (_, k) => (k === 12 ? 1000 : 1))
  return {
    ...{ id: 'F3', label: 'F3', kind: 'eeg', side: 'left', unit: 'uV', problem: null },
    spectrum: { step: 0.25, power, windows: 4, windowLength: 2 },
    dominant: { frequency: 3, power: 1000 },
    ...fields,
  }
}

type Drawn = {
  readonly data: readonly {
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly line: { readonly color: string }
  }[]
  readonly layout: {
    readonly yaxis: { readonly range: readonly number[]; readonly title: { readonly text: string } }
    readonly shapes: readonly { readonly x0: number }[]
    readonly annotations: readonly { readonly text: string; readonly x: number }[]
  }
}

const plan = (channels: readonly ChannelSpectrum[], chosen: ChannelSpectrum) =>
  planSpectrum({ width: 300, channels, chosen, colours }) as unknown as Drawn

describe('the picture of a spectrum', () => {
  it('has each value at its frequency, from half a hertz to 40', () => {
    const { data } = plan([channel({})], channel({}))
    const [line] = data
    expect([line?.x[0], line?.x.at(-1)]).toEqual([0.5, 40])
    expect(line?.y[line.x.indexOf(3)]).toBe(1000)
    expect(line?.y[line.x.indexOf(3.25)]).toBe(1)
  })

  it('draws the chosen channel last and in its own colour, beside those of its kind and unit alone', () => {
    const chosen = channel({})
    const others = [
      channel({ id: 'F4', side: 'right' }),
      channel({ id: 'Chin', kind: 'emg' }),
      channel({ id: 'C3', unit: '' }),
      channel({ id: 'P3', spectrum: null }),
    ]
    const { data } = plan([chosen, ...others], chosen)
    expect(data.map(({ line }) => line.color)).toEqual(['gridSecond', 'left'])
  })

  it('marks the bands of the EEG and the dominant frequency', () => {
    const { layout } = plan([channel({})], channel({}))
    expect(layout.shapes.map(({ x0 }) => x0)).toEqual([0.5, 4, 8, 13, 3])
    expect(layout.annotations.map(({ text }) => text).join('')).toBe('δθαβ')
    expect(layout.yaxis.range[1]).toBeCloseTo(3.3, 9)
  })

  it('goes to 100 Hz for a muscle, and has no bands there', () => {
    const muscle = channel({ kind: 'emg', dominant: null })
    expect(highestShown(muscle)).toBe(100)
    expect(plan([muscle], muscle).layout.shapes).toEqual([])
  })

  it('says the unit squared, and that there is none where the file gives none', () => {
    expect([powerUnit('uV'), powerUnit('mV'), powerUnit('')]).toEqual(['µV²/Hz', 'mV²/Hz', '/Hz (no unit)'])
  })
})
