/** What a clip is offered to be of. */
import { describe, expect, it } from 'vitest'
import { offeredSpans, readTypedSpan } from '../../../renderer/exchange/clipSpans.ts'
import { previewClip, writeClip } from '../../../renderer/store/clipping.ts'
import { label } from '../../../renderer/store/marking.ts'
import { patchPane } from '../../../renderer/store/state.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'

describe('the span of a clip', () => {
  it('is the selection, the selected mark with what lies around it, the page, or all', () => {
    openEmptySet()
    expect(offeredSpans().map(({ code }) => code)).toEqual(['whole'])
    select(1, 3.5)
    label('hypnic_jerk')
    const [mark, ...rest] = offeredSpans()
    // Not before the recording begins.
    expect(mark).toMatchObject({ code: 'mark', span: { start: 0, end: 5.5 } })
    expect(rest.map(({ code }) => code)).toEqual(['whole'])
    patchPane({ selection: { start: 590, end: 640 } })
    expect(offeredSpans()[0]).toMatchObject({ code: 'selection', span: { start: 590, end: 600 } })
  })

  it('is typed as any time is, and has to end after it begins', () => {
    const all = { start: 0, end: 600 }
    expect(readTypedSpan('62.35', '0:01:05.5', null, all)).toEqual({
      ok: true,
      span: { start: 62.35, end: 65.5 },
    })
    expect(readTypedSpan('5', '5', null, all)).toMatchObject({ ok: false })
    expect(readTypedSpan('one', '5', null, all)).toMatchObject({ ok: false })
    expect(readTypedSpan('5', '5000', null, all)).toMatchObject({ ok: false })
  })
})

describe('a clip', () => {
  const choice = { span: 'whole', signals: null, notes: true, keep: [], marks: true } as const
  it('is asked of the host with the set on the page, or with none', async () => {
    const asked = openEmptySet({
      previewClip: async () => null as never,
      startJob: async () => ({ jobId: 'job' }),
      jobResult: async () => ({ name: 'clip', value: null }),
    })
    await previewClip(choice)
    await previewClip({ ...choice, marks: false })
    const [first, second] = asked.previewClip.map(({ setId }) => setId)
    expect(first).toEqual(expect.any(String))
    expect(second).toBeNull()
    const control = { proof: true, name: 'clip', onProgress: () => {}, signal: new AbortController().signal }
    expect(await writeClip(choice, control)).toBeNull()
    expect(asked.startJob[0]?.job).toMatchObject({
      name: 'clip',
      input: { setId: first, proof: true, name: 'clip' },
    })
  })
})
