/** The built renderer's files by request path, and the headers that both windows send with them. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Plotly sets inline styles, hence 'unsafe-inline' for styles only; scripts come from the app alone. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Pages are drawn ahead on a thread of the window.
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
}

export type StaticFile = { readonly body: Uint8Array<ArrayBuffer>; readonly type: string }

/** null for what is not there, has an unknown ending, or would lie outside the folder. */
export async function readStaticFile(folder: string, requestPath: string): Promise<StaticFile | null> {
  let decoded: string
  try {
    decoded = decodeURIComponent(requestPath)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const root = path.resolve(folder)
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`)
  const type = TYPES[path.extname(file)]
  if (type === undefined || !file.startsWith(root + path.sep)) return null
  try {
    return { body: new Uint8Array(await readFile(file)), type }
  } catch {
    return null
  }
}
