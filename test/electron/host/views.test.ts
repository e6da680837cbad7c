import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepViews } from '../../../electron/host/views.ts'
import type { RememberedView } from '../../../shared/contract/rememberedView.ts'
import { PLAIN_LOOKS } from '../../../shared/signal/channelLook.ts'
import { DEFAULT_VIEW } from '../../../shared/signal/viewSettings.ts'
import { makeFolder } from '../../support/folders.ts'

const VIEW: RememberedView = {
  view: { ...DEFAULT_VIEW, montage: 'average', bad: [3] },
  looks: { ...PLAIN_LOOKS, lines: { '22:EMG Chin': { sensitivity: 50 } } },
}
const other = (sensitivity: number): RememberedView => ({ ...VIEW, view: { ...VIEW.view, sensitivity } })

describe('how a recording was shown', () => {
  it('is found again after a start, for that recording alone', async () => {
    const folder = makeFolder()
    await keepViews(folder, () => {}).remember('sha:a', VIEW)
    const again = keepViews(folder, () => {})
    expect(await again.of('sha:a')).toEqual(VIEW)
    expect(await again.of('sha:b')).toBeNull()
    expect(await again.default()).toBeNull()
  })

  it('is what was said last, however quickly', async () => {
    const views = keepViews(makeFolder(), () => {})
    for (let sensitivity = 1; sensitivity <= 20; sensitivity++) void views.remember('a', other(sensitivity))
    expect((await views.of('a'))?.view.sensitivity).toBe(20)
  })

  it('may be the reader’s default, until that is forgotten', async () => {
    const views = keepViews(makeFolder(), () => {})
    await views.keepDefault(VIEW)
    expect(await views.default()).toEqual(VIEW)
    await views.keepDefault(null)
    await views.keepDefault(null)
    expect(await views.default()).toBeNull()
  })

  it('is said not to be the reader’s default where it cannot be written, and stays what it was', async () => {
    const folder = makeFolder()
    const views = keepViews(folder, () => {})
    writeFileSync(path.join(folder, 'views'), '')
    await expect(views.keepDefault(VIEW)).rejects.toThrow(/^How new recordings open stays as it was \(/)
    await views.remember('a', VIEW)
    expect([await views.default(), await views.of('a')]).toEqual([null, null])
  })

  it('is forgotten where its file says something else, and the log is told of none that is missing', async () => {
    const folder = makeFolder()
    const told: unknown[] = []
    const views = keepViews(folder, (_, thrown) => told.push(thrown))
    await views.of('a')
    expect(told).toEqual([])
    mkdirSync(path.join(folder, 'views'))
    for (const text of ['{', '{"view":{"montage":"average"}}', JSON.stringify({ ...VIEW, more: 1 })]) {
      writeFileSync(path.join(folder, 'views', 'default.json'), text)
      expect(await views.default()).toBeNull()
    }
  })

  it('takes no more files than it may', async () => {
    const folder = makeFolder()
    const views = keepViews(folder, () => {}, 3)
    await views.keepDefault(VIEW)
    for (const fingerprint of ['a', 'b', 'c', 'd', 'e']) await views.remember(fingerprint, VIEW)
    expect(readdirSync(path.join(folder, 'views'))).toHaveLength(4)
    expect(await views.default()).toEqual(VIEW)
  })
})
