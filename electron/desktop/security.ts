/**
 * What no page may do, whatever it holds: reach the network, leave the app, open windows, ask for
 * devices, read the clipboard or take files. The window's own options are in window.ts, the senders of calls in ipc.ts.
 */
import { app, type Session, shell, type WebContents } from 'electron'

/** The one address outside that a reader may open, in the system's browser: the source of a statement. */
const DOI = /^https:\/\/doi\.org\/10\.\d{4,9}\/[\w.()/:;-]{1,120}$/

/** Before the app is ready: processes without a sandbox and background traffic are ruled out at the root. */
export function hardenProcess(): void {
  app.enableSandbox()
  app.commandLine.appendSwitch('disable-background-networking')
  // Names are never looked up: neither a page nor Chromium itself has anything to ask for outside.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/** `origin` is where the window's pages come from; in development also their web socket. */
export function hardenSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, origin) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** The one thing a page may do: put a figure on the clipboard, which the reader asked for. It may not read there. */
function isGranted(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}

/**
 * For every page ever made, developer tools included. A development server leads on to a page whose address is
 * known to itself alone.
 */
export function hardenContents(contents: WebContents, origin: string, development: boolean): void {
  const isHome = (url: string) => (development ? url.startsWith(`${origin}/`) : url === `${origin}/`)
  // Reloading is going where one is already; everything else is leaving.
  const stay = (event: { url: string; isMainFrame: boolean; preventDefault: () => void }) => {
    if (!event.isMainFrame || !isHome(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (DOI.test(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** Whether a page of `origin` may load an address. `data:` and `blob:` are made by the page itself. */
function mayLoad(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const own = new URL(origin)
  switch (url.protocol) {
    case 'devtools:':
    case 'data:':
      return true
    case 'blob:':
      return address.startsWith(`blob:${origin}/`)
    case 'ws:':
      return own.protocol === 'http:' && url.hostname === own.hostname
    default:
      return url.protocol === own.protocol && url.host === own.host
  }
}
