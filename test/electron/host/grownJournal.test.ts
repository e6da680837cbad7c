/** A crash left marks of a recording that has grown since, while its shorter copy is still at work elsewhere. */
import { appendFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { SetRecording } from '../../../electron/host/setStart.ts'
import { RECORDING } from '../../support/annotations.ts'
import { type Desk, makeDesk, makeWindow, onsets } from '../../support/setDesk.ts'

/** Of the recording that `desk` marks in, with more records; `moment` comes while the two are compared. */
function grown({ recording }: Desk, moment = async () => {}): SetRecording {
  return {
    ...recording,
    identity: { ...RECORDING, fingerprint: 'f'.repeat(64), records: 900 },
    fingerprintOfFirst: async () => {
      await moment()
      return RECORDING.fingerprint
    },
  }
}

/** A desk where a crash left marks at these seconds. */
async function makeLeft(...times: readonly number[]): Promise<Desk> {
  const desk = makeDesk()
  const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
  for (const at of times) await window.mark(at)
  return desk.afterCrash()
}

const journalsOf = ({ journals }: Desk) => readdirSync(journals).filter((name) => name.endsWith('.journal'))

it('gives its marks to the longer one, and its journal goes', async () => {
  const later = await makeLeft(1, 2)
  const before = journalsOf(later)
  const opened = await later.sets.open(grown(later), 'R-01', null)
  expect(onsets(opened.document)).toEqual([1, 2])
  expect(journalsOf(later)).toHaveLength(1)
  expect(journalsOf(later)).not.toEqual(before)
  expect(readdirSync(later.journals).filter((name) => name.endsWith('.lock'))).toHaveLength(1)
})

it('gives all of them, also what was marked just before it was taken over', async () => {
  const later = await makeLeft(1, 2)
  const other = makeDesk(path.dirname(path.dirname(later.journals)))
  const opened = await later.sets.open(
    grown(later, async () => {
      const window = makeWindow(other, await other.sets.open(other.recording, 'R-01', null))
      await window.mark(3)
      await other.sets.closeAll()
    }),
    'R-01',
    null,
  )
  expect(onsets(opened.document)).toEqual([1, 2, 3])
})

it('keeps them where another program has just taken them up', async () => {
  const later = await makeLeft(1, 2)
  const other = makeDesk(path.dirname(path.dirname(later.journals)))
  let window: ReturnType<typeof makeWindow> | null = null
  const opened = await later.sets.open(
    grown(later, async () => {
      window = makeWindow(other, await other.sets.open(other.recording, 'R-01', null))
    }),
    'R-01',
    null,
  )
  expect([opened.readOnly, onsets(opened.document)]).toEqual([false, []])
  await window!.mark(3)
  expect(onsets(window!.document())).toEqual([1, 2, 3])
  expect(other.failures).toEqual([])
})

it('tells of damage in it, until that is dealt with', async () => {
  const later = await makeLeft(1, 2)
  const [name = ''] = journalsOf(later)
  appendFileSync(path.join(later.journals, name), '{"op":"edit"\n')
  const opened = await later.sets.open(grown(later), 'R-01', null)
  expect(onsets(opened.document)).toEqual([1, 2])
  expect(opened.damaged).toMatch(/damaged/)
  await later.sets.putDamageAside(opened.setId)
  expect(readdirSync(later.journals).filter((each) => each.includes('.damaged'))).toEqual([])
})

it('gives its marks also where the recording has been renamed since', async () => {
  const later = await makeLeft(1, 2)
  const { identity, ...rest } = grown(later)
  const renamed = { ...rest, identity: { ...identity, fileName: 'P017.edf' } }
  expect(onsets((await later.sets.open(renamed, 'R-01', null)).document)).toEqual([1, 2])
})
