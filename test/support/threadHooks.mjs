/**
 * Loaded first by every process and thread of the unit tests: a thread of the host runs what `builtThreads.ts` has
 * built of it. JavaScript, since a thread would have to take the types away from anything else.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { isMainThread } from 'node:worker_threads'

const folder = process.env.HYPNOSPIKE_BUILT_THREADS
if (!isMainThread && folder !== undefined) {
  registerHooks({
    load(url, context, next) {
      const name = /\/electron\/host\/(worker|setThread|shippedLessonThread|packThread)\.ts$/.exec(url)?.[1]
      if (name === undefined) return next(url, context)
      return {
        format: 'module',
        source: readFileSync(path.join(folder, `${name}.js`), 'utf8'),
        shortCircuit: true,
      }
    },
  })
}
