/** What comes from outside the brain: movement of the cables, electrodes that pop. */
import { bell, exponential, sine, smoothStep } from './arithmetic.ts'
import { HEAD_LEADS, type HeadLead, placeOf, singleLead } from './head.ts'
import { addToHead, addWave, type Scene } from './scene.ts'
import { RATE, slowNoise } from './waves.ts'

/**
 * The head moves on the pillow and pulls at the cables: a swing that all leads share by their place, most at the back,
 * and each cable's own, some of them with a steep jerk at the start. `microvolts` from peak to peak where it is worst.
 * Ends by itself within two seconds.
 */
export function addMovement(scene: Scene, at: number, microvolts: number): void {
  const random = scene.random(`movement ${at}`)
  const tilt = [
    random.between(-0.45, 0.45),
    random.between(-0.55, -0.25),
    random.between(-0.35, -0.15),
  ] as const
  const length = Math.round(2.2 * RATE)
  const swing = (hertz: number, decay: number, lag: number): Float64Array =>
    Float64Array.from({ length }, (_, k) => {
      const t = k / RATE
      return (
        smoothStep(t / 0.1) *
        exponential(-t / decay) *
        sine(hertz * t + lag) *
        (1 - smoothStep((t - 1.4) / 0.8))
      )
    })
  const common = swing(random.between(1.1, 1.9), 0.36, random.between(-0.05, 0.15))
  const field = Float64Array.from(HEAD_LEADS, (lead) => {
    const [x, y, z] = placeOf(lead)
    return tilt[0] * x + tilt[1] * y + tilt[2] * (z - 1)
  })
  addToHead(scene, field, common, at, microvolts)
  for (const lead of HEAD_LEADS) {
    const own = swing(random.between(1.6, 4.2), random.between(0.12, 0.3), random.uniform())
    const pull = random.between(0.03, 0.075)
    const steep = random.uniform() < 0.4 ? random.between(-0.5, 0.5) : 0
    const cable = own.map((value, k) => value + steep * bell((k / RATE - 0.13) / pull))
    // Cz lies on top, where nothing presses or pulls.
    const reach = 1 - 0.75 * Math.max(0, placeOf(lead)[2])
    addToHead(scene, singleLead(lead), cable, at, 0.55 * reach * microvolts * random.between(0.2, 1))
  }
  for (const lead of ['Neck', 'Chin', 'LAT', 'RAT'] as const) {
    addWave(
      scene.body[lead],
      swing(random.between(2, 4), 0.2, random.uniform()),
      at,
      0.3 * microvolts * random.uniform(),
    )
  }
}

/** One pop of an electrode: a jump and its decay, in one lead alone, with a rattle where it jumps. */
export function addPop(scene: Scene, lead: HeadLead, at: number, microvolts: number): void {
  const random = scene.random(`pop ${lead} ${at}`)
  const decay = random.between(0.13, 0.3)
  const wave = Float64Array.from({ length: 2 * RATE }, (_, k) => {
    const t = k / RATE - 0.02
    if (t < 0) return -0.06 * bell(t / 0.01)
    return (smoothStep(t / 0.012) - 0.25 * bell((t - 0.045) / 0.014)) * exponential(-t / decay)
  })
  addToHead(scene, singleLead(lead), wave, at - 0.02, microvolts)
}

/** A loose electrode between its pops: slow wandering and more hum than its neighbours. */
export function addLooseContact(scene: Scene, lead: HeadLead, at: number, seconds: number): void {
  const random = scene.random(`loose ${lead} ${at}`)
  const length = Math.round(seconds * RATE)
  const wander = slowNoise(random, length, 1.1)
  const swell = slowNoise(random, length, 0.6)
  const wave = Float64Array.from({ length }, (_, k) => {
    const t = k / RATE
    const edge = smoothStep(t / 0.6) * smoothStep((seconds - t) / 0.6)
    return edge * (13 * wander[k]! + (7 + 3 * swell[k]!) * sine((50.02 * k) / RATE) + 1.5 * random.normal())
  })
  addToHead(scene, singleLead(lead), wave, at)
}
