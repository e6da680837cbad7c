import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { cases } from '../support/properties.ts'

const noNaN = { noNaN: true, noDefaultInfinity: true } as const
const array = fc.oneof(fc.float32Array(noNaN), fc.float64Array(noNaN), fc.int32Array(), fc.uint8Array())
const key = fc.string().filter((text) => !text.startsWith('$') && text !== '__proto__')

/** What JSON holds, with arrays of numbers anywhere in it. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.double(noNaN).map((number) => (Object.is(number, -0) ? 0 : number)),
    array,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

describe('a value on the wire', () => {
  it('comes out as it went in, arrays of numbers with their type', () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(decodeWire(encodeWire(sent))).toEqual(sent)
      }),
    )
  })

  it('gives the memory of its arrays back where they are not needed any more', () => {
    const first = new Float32Array([1, 2, 3])
    const shared = new Float64Array([4, 5, 6])
    const sent = { first, views: [shared.subarray(0, 1), shared.subarray(1)] }
    const bytes = encodeWire(sent, { consume: true })
    expect([first.length, shared.length]).toEqual([0, 0])
    const views = [new Float64Array([4]), new Float64Array([5, 6])]
    expect(decodeWire(bytes)).toEqual({ first: new Float32Array([1, 2, 3]), views })
  })

  it('keeps every bit of an array, whatever it is a view of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.nat(2), (bytes, skip) => {
        const copy = bytes.slice(0, bytes.length - (bytes.length % 8))
        for (const type of [Float32Array, Float64Array, Int32Array, Uint8Array] as const) {
          const view = new type(copy.buffer, skip > 0 && type.BYTES_PER_ELEMENT <= 8 ? 8 : 0)
          const { view: received } = decodeWire(encodeWire({ view })) as { view: typeof view }
          expect(received).toBeInstanceOf(type)
          expect(new Uint8Array(received.buffer)).toEqual(
            new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
          )
        }
      }),
    )
  })

  it('is its own: changing it does not change the message, and keeping it does not keep the message', () => {
    const message = encodeWire({ a: Float32Array.of(1, 2), b: new Uint8Array(1000) })
    const { a } = decodeWire(message) as { a: Float32Array }
    a[0] = 9
    expect((decodeWire(message) as { a: Float32Array }).a[0]).toBe(1)
    expect(a.buffer.byteLength).toBe(8)
  })

  it('may lie anywhere in a larger buffer', () => {
    const message = encodeWire({ a: Float64Array.of(Math.PI), text: 'µV' })
    for (const offset of [1, 3, 7]) {
      const larger = new Uint8Array(message.length + offset + 5)
      larger.set(message, offset)
      expect(decodeWire(larger.subarray(offset, offset + message.length))).toEqual({
        a: Float64Array.of(Math.PI),
        text: 'µV',
      })
    }
  })

  it.each<[string, unknown]>([
    ['a key that could be taken for an array', { $array: ['Float32Array', 0, 1] }],
    ['any key that begins with $', { outer: { $type: 1 } }],
    ['an array of a type that the other side does not know', { a: new Uint16Array(2) }],
    ['a view without numbers', { a: new DataView(new ArrayBuffer(4)) }],
  ])('is refused where it holds %s', (_what, refused) => {
    expect(() => encodeWire(refused)).toThrow(TypeError)
  })
})

function message(json: string, tail: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(json)
  const head = Math.ceil((4 + text.length) / 8) * 8
  const bytes = new Uint8Array(head + tail.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  bytes.set(tail, head)
  return bytes
}

describe('a hostile message', () => {
  it.each([
    ['an array beyond its end', '{"$array":["Uint8Array",0,9]}'],
    ['an array far beyond its end', '{"$array":["Float64Array",0,1e15]}'],
    ['an array before its beginning', '{"$array":["Uint8Array",-8,4]}'],
    ['a length below nothing', '{"$array":["Uint8Array",8,-8]}'],
    ['half a number', '{"$array":["Float32Array",0,1.5]}'],
    ['an unknown type', '{"$array":["SharedArrayBuffer",0,1]}'],
    ['a type of the prototype', '{"$array":["constructor",0,1]}'],
    ['no list', '{"$array":null}'],
    ['an empty list', '{"$array":[]}'],
    ['texts for numbers', '{"$array":["Uint8Array","0","1"]}'],
  ])('is refused: %s', (_what, json) => {
    expect(() => decodeWire(message(json, [1, 2, 3, 4, 5, 6, 7, 8]))).toThrow()
  })

  it('is refused or read, and never more: any bytes, any honest message with bytes changed', () => {
    const honest = encodeWire({ a: Float32Array.of(1, 2, 3), list: [{ b: Uint8Array.of(1) }, 'text'] })
    const changed = fc
      .array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map((changes) => {
        const bytes = Uint8Array.from(honest)
        for (const [at, byte] of changes) bytes[at] = byte
        return bytes
      })
    const cut = fc.nat(honest.length).map((length) => honest.slice(0, length))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed, cut), (bytes) => {
        let received: unknown
        try {
          received = decodeWire(bytes)
        } catch (thrown) {
          expect(thrown).toSatisfy(
            (error) =>
              error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError,
          )
          return
        }
        // What was read is no larger than what came.
        expect(arrayBytes(received)).toBeLessThanOrEqual(bytes.length)
      }),
      cases(2000),
    )
  })

  it('reaches no prototype', () => {
    const received = decodeWire(
      message('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    )
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(received)).toBe(Object.prototype)
  })
})

function arrayBytes(received: unknown): number {
  if (ArrayBuffer.isView(received)) return received.byteLength
  if (typeof received !== 'object' || received === null) return 0
  return Object.values(received).reduce<number>((sum, inner) => sum + arrayBytes(inner), 0)
}
