/**
 * Gets Electron's binary for this machine, once. Its package brings none: this asks its own downloader for
 * it, and gives up soon where nothing answers, so that a machine without a way out is not kept waiting.
 * Exit code 0 when the binary is there, 1 otherwise, with one line that says why.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Until the first bytes, and between any two of them afterwards. */
const FIRST_BYTES_MS = 4000
const SILENCE_MS = 15_000

type Progress = { readonly transferred: number; readonly total: number | null }
type Download = (artifact: {
  readonly version: string
  readonly artifactName: string
  readonly platform: string
  readonly arch: string
  readonly checksums: Readonly<Record<string, string>>
  readonly downloadOptions: {
    readonly quiet: boolean
    readonly signal: AbortSignal
    readonly getProgressCallback: (progress: Progress) => void
  }
}) => Promise<string>

const fromHere = createRequire(import.meta.url)
const manifest = fromHere.resolve('electron/package.json')
const fromElectron = createRequire(manifest)
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

let bytesCame = false
try {
  await download()
} catch {
  const why = bytesCame
    ? 'the download stopped or was not the right file'
    : 'its server does not answer from here'
  process.stdout.write(`Electron ${version} could not be fetched: ${why}.\n`)
  process.exit(1)
}
// Unpacks what the downloader has put into its cache.
process.exit(
  spawnSync(process.execPath, [fromElectron.resolve('./install.js')], { stdio: 'inherit' }).status ?? 1,
)

async function download(): Promise<void> {
  const address = pathToFileURL(fromElectron.resolve('@electron/get')).href
  const { downloadArtifact } = (await import(address)) as { readonly downloadArtifact: Download }
  const given = new AbortController()
  const giveUp = () => given.abort()
  let timer = setTimeout(giveUp, FIRST_BYTES_MS)
  const tell = progressTeller()
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.env.npm_config_platform ?? process.platform,
      arch: process.env.npm_config_arch ?? process.arch,
      checksums: fromElectron('./checksums.json') as Record<string, string>,
      downloadOptions: {
        quiet: true,
        signal: given.signal,
        getProgressCallback: (progress) => {
          bytesCame = true
          clearTimeout(timer)
          timer = setTimeout(giveUp, SILENCE_MS)
          tell(progress)
        },
      },
    })
  } finally {
    clearTimeout(timer)
  }
}

/** A line at the start and one every tenth. */
function progressTeller(): (progress: Progress) => void {
  let told = -1
  return ({ transferred, total }) => {
    if (total === null || total === 0) return
    const tenth = Math.floor((transferred / total) * 10)
    if (tenth === told) return
    const size = `${Math.round(total / 1e6)} MB`
    process.stdout.write(
      told === -1 ? `Fetching Electron ${version} (${size}, once)…\n` : `  ${tenth * 10} % of ${size}\n`,
    )
    told = tenth
  }
}
