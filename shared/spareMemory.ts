/**
 * Memory of reads that are done, for the next ones: fresh memory costs a page as much time as decoding it, and what is
 * left to the collector waits for hundreds of pages. For the reader: `takeMemory`.
 */

/** One is filled while the other is decoded. */
const MOST_SPARE = 2
/** No read that is repeated is larger. */
const LARGEST_SPARE_BYTES = 1024 * 1024

/** The largest last. */
const spare: Uint8Array[] = []

/** `length` bytes, whatever is in them. */
export function takeMemory(length: number): Uint8Array {
  const index = spare.findIndex(({ buffer }) => buffer.byteLength >= length)
  const [known] = index < 0 ? [] : spare.splice(index, 1)
  return new Uint8Array(known?.buffer ?? new ArrayBuffer(spareLength(length)), 0, length)
}

/** Of what was taken, once nobody reads it and no read fills it any more. Of more than are kept the smallest goes. */
export function giveMemoryBack(bytes: Uint8Array): void {
  if (bytes.buffer.byteLength > LARGEST_SPARE_BYTES) return
  spare.push(bytes)
  spare.sort((a, b) => a.buffer.byteLength - b.buffer.byteLength)
  if (spare.length > MOST_SPARE) spare.shift()
}

/** A power of two, so that pages of about the same length find the memory of one another. */
function spareLength(length: number): number {
  return length > LARGEST_SPARE_BYTES ? length : 2 ** Math.ceil(Math.log2(Math.max(length, 4096)))
}
