/**
 * The long run: `npm run build && npm run crash -- --kills 200 --seed 1`. A scripted review works in the built app, as a process of
 * its own, which is killed at a moment that nobody chose; then it is started again, and what it shows is held against
 * what it had acknowledged. Lives of other kinds kill it while a large set is saved, and with a disk that is full or
 * read-only, a journal's folder that goes, a second program, and a set that another program has changed meanwhile.
 * Ends with 1 where an acknowledged step was lost, a mark stood there twice or a set could not be read.
 */
import { parseArgs } from 'node:util'
import { createRandom } from '../fuzz/mutate.ts'
import { LIVES, type LifeName } from './lives.ts'
import { makeStage, type Stage } from './stage.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const kills = Number(values.kills ?? '200')
const seed = Number(values.seed ?? String(Date.now() % 1_000_000_000))
/** So many lives one after the other in one folder: what a crash leaves is what the next one begins with. */
const LIVES_A_STAGE = 10

const random = createRandom(seed)
const names = (Object.keys(LIVES) as LifeName[]).filter(
  (name) => values.only === undefined || name === values.only,
)
if (names.length === 0) {
  console.error(`--only is one of ${Object.keys(LIVES).join(', ')}`)
  process.exit(1)
}
const counts = new Map<LifeName, { kills: number; acknowledged: number }>()
const faults: string[] = []
console.log(`${kills} kills from seed ${seed}`)

for (let kill = 0; kill < kills; ) {
  const name = names[Math.floor(kill / LIVES_A_STAGE) % names.length]!
  const life = LIVES[name]
  const stage: Stage | null = makeStage(life.disk)
  if (stage === null) {
    console.log(`${name}: not tried here, mounting a disk needs Linux and root`)
    names.splice(names.indexOf(name), 1)
    if (names.length === 0) break
    continue
  }
  try {
    for (let each = 0; each < LIVES_A_STAGE && kill < kills; each += 1, kill += 1) {
      const { acknowledged, problems } = await life.live(stage, random)
      const count = counts.get(name) ?? { kills: 0, acknowledged: 0 }
      counts.set(name, { kills: count.kills + 1, acknowledged: count.acknowledged + acknowledged })
      for (const problem of problems) {
        faults.push(`${name}, kill ${kill}: ${problem}`)
        console.error(faults.at(-1))
      }
    }
  } finally {
    stage.remove()
  }
}

for (const [name, count] of counts) {
  console.log(`${name}: ${count.kills} kills, ${count.acknowledged} steps acknowledged`)
}
console.log(faults.length === 0 ? 'nothing was lost' : `${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
