/** What the app's own JSON files have in common, whatever they hold: how their text becomes an object of the current version. */

export type JsonObject = Readonly<Record<string, unknown>>

/** From a version to the next: takes the whole file's object, gives the next version's. */
export type Upgrade = (old: JsonObject) => JsonObject

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Throws what `refuse` makes of the reason, which is the rest of a sentence. */
export function parseJson(json: string, refuse: (reason: string) => Error): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    // The engine's message repeats a piece of the file, which may be a patient's; only the place is told.
    const place = /\(line \d+ column \d+\)/.exec(error instanceof Error ? error.message : '')?.[0] ?? ''
    throw refuse(`it is not JSON ${place}`.trim())
  }
}

export function isVersion(version: unknown): version is number {
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 1
}

/** Brings an object of version `from` up to `current`, one version after the other; the upgrade from version n stands under n. */
export function upgradeObject(
  file: JsonObject,
  from: number,
  current: number,
  upgrades: ReadonlyMap<number, Upgrade>,
): JsonObject {
  let upgraded = file
  for (let version = from; version < current; version += 1) {
    const upgrade = upgrades.get(version)
    if (upgrade === undefined) throw new Error(`no upgrade from version ${version}`)
    upgraded = { ...upgrade(upgraded), version: version + 1 }
  }
  return upgraded
}
