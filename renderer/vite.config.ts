import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // In a browser the pages lie below a path that is made for each session.
  base: './',
  plugins: [react()],
  // Plotly's dependencies still speak of Node's name for it.
  define: { global: 'globalThis' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Fonts and icons stay files: the policy of the page allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
})
