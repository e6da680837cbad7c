import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // In a browser the pages lie below a path that is made for each session.
  base: './',
  plugins: [react(), compileFirstFilesWhole(), fetchFontWithPage()],
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

/**
 * The files that come before the first page, told to be compiled whole while they arrive: the browser does so on another
 * thread, and else compiles function by function when each is first called, on the one that draws
 * (https://v8.dev/blog/explicit-compile-hints). What comes later is left to be compiled as it is used.
 */
function compileFirstFilesWhole(): Plugin {
  return {
    name: 'compile-first-files-whole',
    generateBundle: {
      // Only the first line of a file says so.
      order: 'post',
      handler(_, bundle) {
        const first = new Set<string>()
        const addWithImports = (name: string) => {
          const file = bundle[name]
          if (file?.type !== 'chunk' || first.has(name)) return
          first.add(name)
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
          file.imports.forEach(addWithImports)
        }
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && file.isEntry) addWithImports(file.fileName)
        }
      },
    },
  }
}

/** Else the browser learns of it with the first text, and looks for a font of the system to stand in for it. */
function fetchFontWithPage(): Plugin {
  return {
    name: 'fetch-font-with-page',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) =>
          /inter-latin-wght-normal-[^/]*\.woff2$/.test(name),
        )
        if (bundle !== undefined && font === undefined)
          throw new Error('the font of the window is not in the build')
        if (font === undefined) return []
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${font}` }
        return [{ tag: 'link', attrs, injectTo: 'head' }]
      },
    },
  }
}
