/** The preload: a sandboxed window can load one CommonJS file, with `electron` as its only require. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'chrome140',
    sourcemap: false,
    reportCompressedSize: false,
    lib: { entry: 'desktop/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
})
