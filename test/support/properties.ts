/**
 * How many cases each property is tried with, and how a case that failed is tried again. Every test file of the unit
 * project loads this first, so that a plain `fc.assert(property)` follows it too.
 *
 * HYPNOSPIKE_PROPERTY_RUNS=100000 asks for that many cases of every property;
 * HYPNOSPIKE_SEED=… and HYPNOSPIKE_PATH=… replay a case, and are printed with every failure.
 */
import fc from 'fast-check'

/** The options of a property that is tried more or less often than the usual hundred times. */
export function cases(count: number): { readonly numRuns: number } {
  return { numRuns: wholeFromEnvironment('HYPNOSPIKE_PROPERTY_RUNS') ?? count }
}

/** A value from a fixed seed, the same whichever case is replayed. */
export function sampleOf<Value>(arbitrary: fc.Arbitrary<Value>, seed: number): Value {
  return fc.sample(arbitrary, { numRuns: 1, seed, path: '' })[0]!
}

fc.configureGlobal({
  ...cases(100),
  ...replayed(),
  // A list of up to 40 steps has up to 40, not the ten that are usual.
  defaultSizeToMaxWhenMaxSpecified: true,
  reporter: (details) => {
    if (!details.failed) return
    const { seed, counterexamplePath: path, errorInstance: cause } = details
    const replay = `HYPNOSPIKE_SEED=${seed}${path === null ? '' : ` HYPNOSPIKE_PATH=${path}`}`
    throw new Error(`${fc.defaultReportMessage(details)}\n\nTo try this case alone: ${replay}`, { cause })
  },
})

function replayed(): { readonly seed?: number; readonly path?: string } {
  const seed = wholeFromEnvironment('HYPNOSPIKE_SEED')
  const path = process.env.HYPNOSPIKE_PATH
  return { ...(seed !== null && { seed }), ...(path !== undefined && path !== '' && { path }) }
}

/** A whole number that was set from outside, null where none was. */
function wholeFromEnvironment(name: string): number | null {
  const text = process.env[name]
  if (text === undefined || text === '') return null
  if (!/^-?\d+$/.test(text)) throw new Error(`${name} is a whole number, not "${text}".`)
  return Number(text)
}
