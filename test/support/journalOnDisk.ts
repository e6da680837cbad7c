/** What a crash would leave: the steps that have reached the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { Place } from './app.ts'

/** Every step is there soon after it was made; how soon is the host's promise, that it comes is waited for here. */
export async function expectOnDisk(place: Place, edits: number): Promise<void> {
  await expect.poll(() => journalledEdits(place)).toBe(edits)
}

function journalledEdits({ data }: Place): number {
  const folder = path.join(data, 'journals')
  if (!existsSync(folder)) return 0
  const journals = readdirSync(folder).filter((name) => name.endsWith('.journal'))
  const text = journals.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('')
  return text.match(/"op":"edit"/g)?.length ?? 0
}
