/**
 * Who may use the browser's door. The printed address holds a token that is good while the program runs; the
 * browser that the program itself opens gets a ticket that is good once. Both are exchanged for a session: a path
 * of its own and a cookie for that path alone, since cookies know hosts but no ports and a cookie for `/` would go
 * to every other program on this machine that serves pages.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What of a session is kept between two lives of the program: enough to know its cookie again, not to make it. */
export type KeptSession = {
  /** One segment of a path, without slashes. */
  readonly path: string
  /** SHA-256 of the cookie's value, hexadecimal. */
  readonly hash: string
}

export type NewSession = { readonly path: string; readonly secret: string }

export type Exchange =
  | { readonly kind: 'begun'; readonly session: NewSession }
  /** `revoked`: the session that the first use of the ticket began, where it is still there. */
  | { readonly kind: 'used'; readonly revoked: KeptSession | null }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' }

export type WebSessions = {
  readonly begin: () => NewSession
  readonly issueTicket: () => string
  readonly exchange: (ticket: string) => Exchange
  /** The session that one of these cookie values belongs to. */
  readonly find: (values: readonly string[]) => KeptSession | null
  /** The oldest first. */
  readonly kept: () => readonly KeptSession[]
}

type Ticket = { readonly expires: number; usedFor: KeptSession | null }

const TICKET_LASTS_MS = 60_000
/** Each opening of the printed address begins one; nobody has more windows than that. */
const MOST_SESSIONS = 16

export function createWebSessions(options: {
  readonly kept: readonly KeptSession[]
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
  /** Given where all sessions share one path (development, whose pages are made for it). */
  readonly path: string | null
}): WebSessions {
  const { now } = options
  let sessions: readonly KeptSession[] = options.kept.slice(-MOST_SESSIONS)
  const tickets = new Map<string, Ticket>()

  function begin(): NewSession {
    const session = { path: options.path ?? randomName(), secret: randomName() }
    sessions = [...sessions, { path: session.path, hash: hashOf(session.secret) }].slice(-MOST_SESSIONS)
    return session
  }

  return {
    begin,
    issueTicket: () => {
      const ticket = randomName()
      tickets.set(hashOf(ticket), { expires: now() + TICKET_LASTS_MS, usedFor: null })
      return ticket
    },
    exchange: (given) => {
      const ticket = tickets.get(hashOf(given))
      if (ticket === undefined) return { kind: 'unknown' }
      const first = ticket.usedFor
      if (first !== null) {
        // Two have held it, and one of them should not: nobody can tell which came first.
        const revoked = sessions.find(({ hash }) => hash === first.hash) ?? null
        sessions = sessions.filter(({ hash }) => hash !== first.hash)
        return { kind: 'used', revoked }
      }
      if (now() > ticket.expires) return { kind: 'expired' }
      const session = begin()
      ticket.usedFor = { path: session.path, hash: hashOf(session.secret) }
      return { kind: 'begun', session }
    },
    find: (values) => {
      for (const value of values) {
        const hash = hashOf(value)
        const found = sessions.find((session) => isSame(session.hash, hash))
        if (found !== undefined) return found
      }
      return null
    },
    kept: () => sessions,
  }
}

/** In constant time, where both are of one length. */
export function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** 24 bytes: too long to guess; safe in a path, a cookie and a query. */
export function randomName(): string {
  return randomBytes(24).toString('base64url')
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
