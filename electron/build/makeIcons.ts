/**
 * Writes icon.png, icon.ico and icon.icns from icon.svg with the system's Chromium:
 * `node electron/resources/makeIcons.ts /path/to/chromium`. Run by hand when the drawing changes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

type Picture = { readonly size: number; readonly png: Buffer }

/** Apple's type codes for PNG pictures by size. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
] as const
const ICO_SIZES = [16, 24, 32, 48, 64, 256]

const folder = new URL('../resources/', import.meta.url)
const svg = readFileSync(new URL('icon.svg', folder), 'utf8')
const browser = await chromium.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium' })
const page = await browser.newPage()
await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
const pictures = new Map<number, Picture>()
for (const size of new Set([...ICO_SIZES, ...ICNS_TYPES.map(([, size]) => size)])) {
  await page.setViewportSize({ width: size, height: size })
  pictures.set(size, { size, png: await page.screenshot({ omitBackground: true }) })
}
await browser.close()

writeFileSync(new URL('icon.png', folder), pictures.get(512)!.png)
writeFileSync(new URL('icon.ico', folder), encodeIco(ICO_SIZES.map((size) => pictures.get(size)!)))
writeFileSync(new URL('icon.icns', folder), encodeIcns())

/** ICONDIR, one ICONDIRENTRY a picture, then the PNG files; 0 stands for 256 pixels. */
function encodeIco(entries: readonly Picture[]): Buffer {
  const head = Buffer.alloc(6 + 16 * entries.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(entries.length, 4)
  let offset = head.length
  entries.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...entries.map((entry) => entry.png)])
}

/** `icns`, total length, then a type, a length and a PNG for each picture. */
function encodeIcns(): Buffer {
  const parts = ICNS_TYPES.map(([type, size]) => chunk(type, pictures.get(size)!.png))
  return chunk('icns', Buffer.concat(parts))
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(8 + body.length, 4)
  return Buffer.concat([head, body])
}
