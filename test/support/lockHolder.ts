/**
 * A process that holds a lock, for tests of what happens to it. Says "held", and lets go on a line from its
 * standard input, with whether it was still held. Run as: node lockHolder.ts FILE
 */
import { once } from 'node:events'
import { acquireLock } from '../../electron/host/lockFile.ts'

const [file = ''] = process.argv.slice(2)
const lock = await acquireLock(file, { touchEvery: 20 })
console.log(lock === null ? 'not held' : 'held')
await once(process.stdin, 'data')
console.log(`was held: ${await lock?.isHeld()}`)
await lock?.release()
process.exit()
