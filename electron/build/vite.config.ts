/** Everything that runs in Node, as ES modules flat in dist/: the three shells and the recordings' worker. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const electron = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root: electron,
  // Nothing is fetched from node_modules at run time: what is used is in the bundle.
  ssr: { noExternal: true, external: ['electron'] },
  plugins: [flatFolder()],
  build: {
    ssr: true,
    outDir: '../dist',
    emptyOutDir: false,
    // cli.js and web.js also run on the Node that a machine has.
    target: 'node20',
    sourcemap: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: path.join(electron, 'desktop/main.ts'),
        web: path.join(electron, 'browser/web.ts'),
        cli: path.join(electron, 'terminal/cli.ts'),
        worker: path.join(electron, 'host/worker.ts'),
        setThread: path.join(electron, 'host/setThread.ts'),
        shippedLessonThread: path.join(electron, 'host/shippedLessonThread.ts'),
        packThread: path.join(electron, 'host/packThread.ts'),
      },
      output: {
        entryFileNames: '[name].js',
        // What the browser's door alone loads is not packaged, as the door is not.
        chunkFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.startsWith(path.join(electron, 'browser')) === true
            ? 'web-[hash].js'
            : 'shared-[hash].js',
      },
    },
  },
})

/** Clears the last build's files but not the folders of other builds, adds the icon, makes the command executable. */
function flatFolder(): Plugin {
  let outDir = ''
  return {
    name: 'flat-folder',
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir)
    },
    buildStart() {
      mkdirSync(outDir, { recursive: true })
      for (const entry of readdirSync(outDir, { withFileTypes: true })) {
        if (entry.isFile() && /\.js(\.map)?$/.test(entry.name)) rmSync(path.join(outDir, entry.name))
      }
    },
    writeBundle() {
      copyFileSync(path.join(electron, 'resources', 'icon.png'), path.join(outDir, 'icon.png'))
      chmodSync(path.join(outDir, 'cli.js'), 0o755)
    },
  }
}
