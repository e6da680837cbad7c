import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { withDensity } from '../../../renderer/figure/pngDensity.ts'

/** A grey pixel, as the PNG specification has its chunks. */
function smallestPng(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(1, 0)
  header.writeUInt32BE(1, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function chunksOf(
  png: Uint8Array,
): readonly { readonly type: string; readonly data: Buffer; readonly isWhole: boolean }[] {
  const bytes = Buffer.from(png)
  const chunks = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const body = bytes.subarray(at + 4, at + 8 + length)
    chunks.push({
      type: body.subarray(0, 4).toString('latin1'),
      data: body.subarray(4),
      isWhole: bytes.readUInt32BE(at + 8 + length) === crc32(body),
    })
    at += 12 + length
  }
  return chunks
}

describe('the size of a picture on paper', () => {
  it('stands before the image, and the image stays as it was', () => {
    const chunks = chunksOf(withDensity(smallestPng(), 300))
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND'])
    expect(chunks.every(({ isWhole }) => isWhole)).toBe(true)
    expect([...inflateSync(chunks[2]!.data)]).toEqual([0, 128])
  })

  it('is 11811 dots a metre at 300 dpi', () => {
    const { data } = chunksOf(withDensity(smallestPng(), 300))[1]!
    // 300 / 0.0254 = 11811.02
    expect([data.readUInt32BE(0), data.readUInt32BE(4), data[8]]).toEqual([11_811, 11_811, 1])
  })
})
