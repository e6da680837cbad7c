/** The system's digest, which takes what is too large for memory in parts. */
import { createHash } from 'node:crypto'
import type { Digest } from '../../shared/edf/samples/auditSamples.ts'

export function sha256(): Digest {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
}
