import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import { measureSpan } from '../../../shared/evidence/spanMeasures.ts'

type KeyMark = {
  readonly kind: string
  readonly subtype: string | null
  readonly onset: number
  readonly duration: number
  readonly parameters: Readonly<Record<string, number | string>>
}

const samples = new URL('../../../samples/', import.meta.url)

/** What was put into a sample recording, by its key, and what is measured there. */
async function measureAll(name: string) {
  const key: { readonly marks: readonly KeyMark[] } = JSON.parse(
    readFileSync(new URL(`${name}.key.json`, samples), 'utf8'),
  )
  const source = bytesSource(new Uint8Array(readFileSync(new URL(`${name}.edf`, samples))))
  const recording = await openRecording(source)
  return Promise.all(
    key.marks.map(async (mark) => {
      const span = { start: mark.onset / 1e7, end: (mark.onset + mark.duration) / 1e7 }
      return { mark, found: await measureSpan(source, recording, { span, bad: [] }) }
    }),
  )
}

describe('on the sample recordings, by their keys', () => {
  it('counts and times every spike-and-wave run of more than a second', async () => {
    const all = [...(await measureAll('spike-wave-3hz')), ...(await measureAll('mixed-teaching'))]
    const runs = all.filter(({ mark, found }) => mark.kind === 'spike_wave_3hz' && found.duration > 1)
    expect(runs.length).toBeGreaterThan(10)
    for (const { mark, found } of runs) {
      const { firstHertz, lastHertz, complexes } = mark.parameters
      expect(Math.abs((found.firstRate ?? 0) - Number(firstHertz))).toBeLessThan(0.2)
      expect(Math.abs((found.lastRate ?? 0) - Number(lastHertz))).toBeLessThan(0.25)
      expect(Math.abs((found.complexes ?? 0) - Number(complexes))).toBeLessThanOrEqual(1)
      expect(found.frontalToOccipital).toBeGreaterThan(2)
    }
  })

  it('finds the muscles of a hypnic jerk and how long they were active, and no rhythm', async () => {
    const all = [...(await measureAll('hypnic-jerks')), ...(await measureAll('mixed-teaching'))]
    const jerks = all.filter(({ mark }) => mark.kind === 'hypnic_jerk')
    expect(jerks.length).toBeGreaterThan(8)
    for (const { mark, found } of jerks) {
      expect(found.firstRate).toBeNull()
      expect(found.complexes).toBeNull()
      const longest = Math.max(...(found.emgBursts ?? []).map(({ duration }) => duration))
      const put = Object.entries(mark.parameters).flatMap(([name, value]) => {
        return name.endsWith('BurstMs') ? [Number(value) / 1000] : []
      })
      expect(Math.abs(longest - Math.max(...put))).toBeLessThan(0.04)
    }
  })

  it('does not take a mimic without a muscle for one with', async () => {
    const all = await measureAll('mixed-teaching')
    const quiet = all.filter(({ mark }) => mark.subtype === 'vertex_waves' || mark.subtype === 'phantom_6hz')
    expect(quiet.length).toBeGreaterThan(1)
    for (const { found } of quiet) {
      expect(found.emgBursts).toEqual([])
      expect(found.complexes).toBeNull()
    }
  })
})
