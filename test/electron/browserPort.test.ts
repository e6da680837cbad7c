import path from 'node:path'
import { expect, test } from 'vitest'
import { browserPort } from '../../electron/browser/browserPort.ts'
import { makeFolder } from '../support/folders.ts'

test.each([
  ['an accent that is a sign of its own, as Macs type it', 'E\u0301pilepsie', '\u00c9pilepsie'],
  ['vowels that are marks', '\u092e\u093f\u0930\u094d\u0917\u0940', '\u092e\u093f\u0930\u094d\u0917\u0940'],
  ['a sign that file names cannot have', 'spikes: 1', 'spikes_ 1'],
])('a typed name for a set keeps its letters: %s', async (_, typed, kept) => {
  const folder = makeFolder()
  const target = await browserPort().chooseSaveTarget(path.join(folder, 'night.JS.hypnospike.json'), typed)
  expect(target).toBe(path.join(folder, `${kept}.hypnospike.json`))
})
