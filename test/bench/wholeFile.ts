/** What a reader costs that decodes a file whole before it shows a page. Run as a process of its own: `wholeFile.ts FILE`. */
import { readFileSync } from 'node:fs'
import * as imported from 'edfdecoder'

// A UMD module: its exports are on `default`.
const EdfDecoder = imported.EdfDecoder ?? imported.default.EdfDecoder

const started = performance.now()
const file = readFileSync(process.argv[2] ?? '')
const decoder = new EdfDecoder()
decoder.setInput(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer)
decoder.decode()
const isDecoded = decoder.getOutput() !== null
console.log(
  JSON.stringify({
    isDecoded,
    milliseconds: performance.now() - started,
    bytes: file.byteLength,
    resident: process.memoryUsage.rss(),
  }),
)
