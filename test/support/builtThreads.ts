/**
 * Before the unit tests: the threads that the host starts, each built into one file, which `threadHooks.mjs` gives
 * them in place of the source. From sources every thread would start the WebAssembly by which Node takes types away,
 * and threads that end while others start theirs bring V8 down now and then ("Check failed: jit_page.has_value()",
 * nodejs/node 64500). No built program does so. It also saves two thirds of what a thread costs to start.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'

const HOST = path.resolve(import.meta.dirname, '..', '..', 'electron', 'host')

export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-threads-'))
  for (const name of ['worker', 'setThread', 'shippedLessonThread', 'packThread']) {
    await build({
      configFile: false,
      root: HOST,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: path.join(HOST, `${name}.ts`),
        outDir: folder,
        emptyOutDir: false,
        target: 'node24',
        sourcemap: 'inline',
        rolldownOptions: { output: { entryFileNames: `${name}.js`, codeSplitting: false } },
      },
    })
  }
  process.env.HYPNOSPIKE_BUILT_THREADS = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
