/**
 * One value as bytes, typed arrays unharmed: what /rpc carries. Inside one process or over Electron's
 * structured clone nothing of this is needed.
 *
 * Layout: uint32 little-endian length of the JSON, the JSON in UTF-8, padding to 8 bytes, then the
 * arrays' bytes, each padded to 8. In the JSON an array stands as {"$array": [type, offset, length]};
 * an object of the user's own with a key that begins with "$" is refused, so that nothing is mistaken.
 */
const ARRAY_TYPES = { Float32Array, Float64Array, Int32Array, Uint8Array } as const
type ArrayName = keyof typeof ARRAY_TYPES
type WireArray = Float32Array | Float64Array | Int32Array | Uint8Array

const KEY = '$array'

/** `consume`: the memory of the value's arrays is given back, and the value can't be used any more. */
export function encodeWire(
  value: unknown,
  { consume = false }: { readonly consume?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const arrays: { readonly bytes: Uint8Array; readonly offset: number }[] = []
  /** References made here, told from an object of the user's own with the same key. */
  const references = new WeakSet<object>()
  let offset = 0
  const json = JSON.stringify(value, function replace(this: unknown, key: string, inner: unknown) {
    const name = arrayName(inner)
    if (name !== null) {
      const array = inner as WireArray
      const reference = [name, offset, array.length]
      references.add(reference)
      arrays.push({ bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset })
      offset += padded(array.byteLength)
      return { [KEY]: reference }
    }
    const isReference = typeof inner === 'object' && inner !== null && references.has(inner)
    if (key.startsWith('$') && !isReference) throw new TypeError(`the key ${key} cannot be sent`)
    return inner
  })
  const text = new TextEncoder().encode(json ?? 'null')
  const head = padded(4 + text.byteLength)
  const bytes = new Uint8Array(head + offset)
  new DataView(bytes.buffer).setUint32(0, text.byteLength, true)
  bytes.set(text, 4)
  for (const array of arrays) bytes.set(array.bytes, head + array.offset)
  if (consume) for (const array of arrays) freeMemory(array.bytes)
  return bytes
}

/**
 * Gives memory back at once: the collector lets 64 MB of dead arrays wait, hundreds of pages. The bytes and
 * whatever else is a view of the same memory are empty afterwards.
 */
export function freeMemory({ buffer }: Uint8Array): void {
  // Node 20 can't; there it is collected some time.
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer?.(0)
}

/** Throws a RangeError, SyntaxError or TypeError on bytes that encodeWire did not make. */
export function decodeWire(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const textLength = view.getUint32(0, true)
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + textLength))
  const head = padded(4 + textLength)
  // Asking about every single value takes ten times as long as reading them.
  if (!text.includes(KEY)) return JSON.parse(text)
  return JSON.parse(text, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || !(KEY in inner)) return inner
    const [name, offset, length] = inner[KEY] as [ArrayName, number, number]
    const type = Object.hasOwn(ARRAY_TYPES, name) ? ARRAY_TYPES[name] : undefined
    if (type === undefined) throw new RangeError(`the array type ${name} is not known`)
    if (!isCount(offset) || !isCount(length)) throw new RangeError('an array lies nowhere')
    const start = head + offset
    const end = start + length * type.BYTES_PER_ELEMENT
    if (end > bytes.byteLength) throw new RangeError('an array lies outside the message')
    // A copy: the reader may keep one array without keeping the whole message alive.
    return new type(bytes.slice(start, end).buffer)
  })
}

function arrayName(value: unknown): ArrayName | null {
  if (!ArrayBuffer.isView(value)) return null
  for (const name of Object.keys(ARRAY_TYPES) as ArrayName[]) {
    if (value instanceof ARRAY_TYPES[name]) return name
  }
  throw new TypeError(`an array of type ${value.constructor.name} cannot be sent`)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
