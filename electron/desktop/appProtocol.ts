/** `app://hypnospike/`: the built window's files, and nothing else of the disk. */
import { type Privileges, protocol, type Session } from 'electron'
import { readStaticFile, SECURITY_HEADERS } from '../installation/staticFiles.ts'

const SCHEME = 'app'
const HOST = 'hypnospike'
export const APP_ORIGIN = `${SCHEME}://${HOST}`

const PRIVILEGES: Privileges = { standard: true, secure: true, supportFetchAPI: true }

/** Before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: PRIVILEGES }])
}

/** Answers the session's requests for `app:` from a folder; refuses other hosts, methods and paths. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== HOST || request.method !== 'GET') return refusal(403)
    const file = await readStaticFile(folder, url.pathname)
    if (file === null) return refusal(404)
    return new Response(file.body, { headers: { ...SECURITY_HEADERS, 'Content-Type': file.type } })
  })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS })
}
