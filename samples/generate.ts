/**
 * Writes the sample recordings and their keys beside this file; `npm run samples`. With `--check` it writes
 * nothing and ends with 1 where a file differs from what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeSample, SAMPLES } from './recording.ts'

const checkOnly = process.argv.includes('--check')
let changed = 0
for (const scene of SAMPLES) {
  for (const file of await makeSample(scene())) {
    const target = path.join(import.meta.dirname, file.name)
    if (checkOnly) {
      const same = sameAsOnDisk(target, file.bytes)
      if (!same) changed++
      console.log(`${file.name}: ${same ? 'unchanged' : 'differs'}`)
    } else {
      writeFileSync(target, file.bytes)
      console.log(`${file.name}: ${file.bytes.byteLength} bytes`)
    }
  }
}
process.exitCode = changed > 0 ? 1 : 0

function sameAsOnDisk(target: string, bytes: Uint8Array): boolean {
  try {
    return Buffer.compare(readFileSync(target), bytes) === 0
  } catch {
    return false
  }
}
