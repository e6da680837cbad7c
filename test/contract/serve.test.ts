import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  connect,
  type Host,
  PROCEDURES,
  type ProcedureName,
  type Reply,
  serve,
} from '../../shared/contract/contract.ts'
import { FAILURE_CODES, ReviewError } from '../../shared/failure.ts'
import { cases } from '../support/properties.ts'

const NAMES = Object.keys(PROCEDURES) as ProcedureName[]

/** A host whose methods all do the same. */
function hostThat(does: (procedure: string, input: unknown) => unknown): Host {
  const methods = NAMES.map((name) => [name, async (input: unknown) => does(name, input)])
  return Object.fromEntries(methods) as Host
}

function nested(depth: number): unknown {
  let value: unknown = 0
  for (let count = 0; count < depth; count += 1) value = [value]
  return value
}

function labelled(label: string): unknown {
  return { op: 'edit', edit: { label, changes: [], author: 'JS', at: '2026-01-31T10:00:00.000Z' } }
}

describe('the host’s side', () => {
  it('lets no input through that is not of the agreed form, and never throws', async () => {
    const reached: string[] = []
    const answer = serve(
      hostThat((name) => {
        reached.push(name)
      }),
      () => {},
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), fc.anything(), async (name, input) => {
        const before = reached.length
        const reply = await answer(name, input)
        if (reached.length > before) {
          // Only what takes nothing is content with an empty object.
          expect(Object.keys(input as object)).toEqual([])
        } else {
          expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
          if (!reply.ok) expect(reply.failure.message.startsWith(name)).toBe(true)
        }
      }),
      cases(500),
    )
  })

  it.each([
    [{ start: 5, end: 5 }, 'evidence, span: a span that ends after it begins, not from 5 to 5 s.'],
    [{ start: 5, end: 3.5 }, 'evidence, span: a span that ends after it begins, not from 5 to 3.5 s.'],
    [{ start: 5, end: 305.1 }, 'evidence, span: a span of at most 5 minutes.'],
  ])('says what is wrong with the span %j', async (span, message) => {
    const answer = serve(
      hostThat(() => {}),
      () => {},
    )
    const reply = await answer('evidence', { recordingId: 'r', span })
    expect(reply).toEqual({ ok: false, failure: { code: 'bad-input', message } })
    expect(await answer('evidence', { recordingId: 'r', span: { start: 5, end: 305 } })).toMatchObject({
      ok: true,
    })
  })

  it.each<[string, unknown, RegExp]>([
    ['a million zeros as entries', { entries: Array(1_000_000).fill(0) }, /entries: a list of at most 10000/],
    ['entries of nothing', { entries: Array(9000).fill(0) }, /^journal, entries\.0: /],
    ['a text of 20 MB', { entries: [], setId: 'x'.repeat(20_000_000) }, /larger than any that is needed/],
    ['lists in lists without end', { entries: nested(5000) }, /larger than any that is needed/],
    ['a field with a text that is made plain', { entries: [labelled('\u0007'.repeat(5_000_000))] }, /label/],
  ])('stops at the first thing that is wrong with %s', async (_what, fields, said) => {
    const looked: number[] = []
    const answer = serve(
      hostThat(() => looked.push(1)),
      () => {},
    )
    const reply = await answer('journal', { setId: 'x', from: 0, ...(fields as object) })
    expect(reply).toMatchObject({
      ok: false,
      failure: { code: 'bad-input', message: expect.stringMatching(said) },
    })
    expect(looked).toEqual([])
  })

  it('looks at no more of a value than it takes to refuse it', async () => {
    let read = 0
    const entries = Array.from({ length: 10_000 }, () => ({
      get op() {
        read += 1
        return 'none'
      },
    }))
    const answer = serve(
      hostThat(() => null),
      () => {},
    )
    expect(await answer('journal', { setId: 'x', from: 0, entries })).toMatchObject({ ok: false })
    // Once each for the size, and a few times for the first entry.
    expect(read).toBeLessThan(10_000 + 20)
  })

  it('tells every failure by its code and sentence', async () => {
    for (const code of FAILURE_CODES) {
      const answer = serve(
        hostThat(() => {
          throw new ReviewError(code, `Because of ${code}.`)
        }),
        () => {},
      )
      expect(await answer('startup', { window: 'test' })).toEqual({
        ok: false,
        failure: { code, message: `Because of ${code}.` },
      })
    }
  })

  it('keeps the inside of a fault to itself and the log', async () => {
    const faults: unknown[] = []
    const fault = new TypeError('cannot read /home/someone/night of Jane Doe.edf')
    const answer = serve(
      hostThat(() => {
        throw fault
      }),
      (procedure, thrown) => faults.push([procedure, thrown]),
    )
    const reply = await answer('startup', { window: 'test' })
    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toMatch(/Jane|home/)
    expect(faults).toEqual([['startup', fault]])
  })
})

describe('the window’s side', () => {
  it('has a method for every procedure, and gives back what the host threw', async () => {
    const answer = serve(
      hostThat((name, input) => {
        if (name === 'startup') throw new ReviewError('disk-full', 'The disk is full.')
        return { name, input }
      }),
      () => {},
    )
    const { host } = connect({
      call: (name, input): Promise<Reply> => answer(name, input),
      subscribe: () => () => {},
    })
    expect(Object.keys(host).toSorted()).toEqual(NAMES.toSorted())
    const thrown = await host.startup({ window: 'test' }).catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(ReviewError)
    expect(thrown).toMatchObject({ code: 'disk-full', message: 'The disk is full.' })
    expect(await host.printSheet({ asPdf: true })).toEqual({ name: 'printSheet', input: { asPdf: true } })
  })
})
