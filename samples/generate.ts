/**
 * Writes the sample recordings and their keys beside this file, and what the reference draws of them; `npm run
 * samples`. With `--check` it writes nothing and ends with 1 where a file differs from what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeSample, SAMPLES, type SampleFile } from './recording.ts'
import { referenceTraces } from './referenceTraces.ts'

const checkOnly = process.argv.includes('--check')
const made: SampleFile[] = []
for (const scene of SAMPLES) made.push(...(await makeSample(scene())))

const drawn = new TextEncoder().encode(await referenceTraces(made))
let changed = 0
for (const { name, bytes } of [...made, { name: '../shared/reference/traces.json', bytes: drawn }]) {
  const target = path.join(import.meta.dirname, name)
  if (checkOnly) {
    const same = sameAsOnDisk(target, bytes)
    if (!same) changed++
    console.log(`${name}: ${same ? 'unchanged' : 'differs'}`)
  } else {
    writeFileSync(target, bytes)
    console.log(`${name}: ${bytes.byteLength} bytes`)
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
