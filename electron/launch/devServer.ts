/** One life of the development server: the host from its sources, the window's sources through Vite. */
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'
import { startWebShell } from '../browser/web.ts'

const [port, reloadPort, file] = process.argv.slice(2)
const token = process.env.HYPNOSPIKE_TOKEN
const sessionPath = process.env.HYPNOSPIKE_SESSION_PATH
if (port === undefined || token === undefined || sessionPath === undefined) {
  throw new Error('devServer.ts is started by dev.ts')
}

const vite = await createVite({
  configFile: fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url)),
  base: `/${sessionPath}/`,
  appType: 'spa',
  server: { middlewareMode: true, hmr: { host: '127.0.0.1', port: Number(reloadPort) } },
})
const shell = await startWebShell({
  file: file ?? null,
  port: Number(port),
  fixed: { token, sessionPath },
  renderer: { middleware: vite.middlewares },
}).catch((thrown: Error) => {
  if ((thrown.cause as NodeJS.ErrnoException | undefined)?.code !== 'EADDRINUSE') throw thrown
  process.stderr.write(`Port ${port} is taken: set PORT to another one.\n`)
  process.exit(1)
})
process.send?.({ address: shell.address, addressForOnce: shell.addressForOnce() })
process.once('disconnect', end)
process.once('SIGTERM', end)
// Ctrl+C reaches the whole group; dev.ts decides when this ends.
process.on('SIGINT', () => {})

function end(): void {
  void Promise.all([shell.close(), vite.close()]).finally(() => process.exit(0))
}
