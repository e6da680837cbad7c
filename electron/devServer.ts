/** One life of the development server: the host from its sources, the window's sources through Vite. */
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'
import { startWebShell } from './web.ts'

const [port, reloadPort, file] = process.argv.slice(2)
const token = process.env.HYPNOSPIKE_TOKEN
if (port === undefined || token === undefined) throw new Error('devServer.ts is started by dev.ts')

const vite = await createVite({
  configFile: fileURLToPath(new URL('../renderer/vite.config.ts', import.meta.url)),
  appType: 'spa',
  server: { middlewareMode: true, hmr: { host: '127.0.0.1', port: Number(reloadPort) } },
})
const shell = await startWebShell({
  file: file ?? null,
  port: Number(port),
  token,
  renderer: { middleware: vite.middlewares },
}).catch((thrown: NodeJS.ErrnoException) => {
  if (thrown.code !== 'EADDRINUSE') throw thrown
  process.stderr.write(`Port ${port} is taken: set PORT to another one.\n`)
  process.exit(1)
})
process.send?.({ address: shell.address })
process.once('disconnect', end)
process.once('SIGTERM', end)
// Ctrl+C reaches the whole group; dev.ts decides when this ends.
process.on('SIGINT', () => {})

function end(): void {
  void Promise.all([shell.close(), vite.close()]).finally(() => process.exit(0))
}
