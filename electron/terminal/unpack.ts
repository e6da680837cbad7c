/** `unpack`: looks at all of a pack, and takes its lesson in. */
import path from 'node:path'
import { displayName } from '../../shared/shownText.ts'
import { factsOf, type PackFacts } from '../../shared/teaching/pack/pack.ts'
import { dataFolder } from '../host/folders.ts'
import { addPack, checkPack, hashOfFile, packsFolder } from '../host/packFolder.ts'
import type { PathsCommand } from './command.ts'
import { EXIT } from './output.ts'

export const unpack: PathsCommand = {
  name: 'unpack',
  usage: 'unpack FILE.hypnopack [--check] [--json]',
  summary:
    'looks at every file of a pack and takes its lesson among those of Hypnospike; --check keeps nothing; no answer is printed',
  options: { check: { type: 'boolean' }, json: { type: 'boolean' } },
  operands: ['FILE'],
  runOnPaths: async ([file = ''], values, output) => {
    const folder = packsFolder(path.join(dataFolder(), 'lessons'))
    const place = path.resolve(file)
    const kept = values.check === true ? null : await addPack(place, folder)
    const facts = factsOf((kept ?? (await checkPack(place, folder))).manifest)
    const told = { ...facts, ...(await hashOfFile(place)), added: kept === null ? null : kept.isNew }
    await output.write(
      values.json === true ? `${JSON.stringify(told, null, 1)}\n` : `${describe(told).join('\n')}\n`,
    )
    return EXIT.done
  },
}

type Told = PackFacts & { readonly bytes: number; readonly sha256: string; readonly added: boolean | null }

function describe({
  title,
  cases,
  clips,
  licence,
  consent,
  keys,
  made,
  bytes,
  sha256,
  added,
}: Told): readonly string[] {
  return [
    `${displayName(title)}: ${cases === 1 ? '1 case' : `${cases} cases`} on ${clips === 1 ? '1 clip' : `${clips} clips`}, answers ${keys}`,
    `licence: ${displayName(licence)}`,
    `consent: ${displayName(consent)}`,
    `made ${made}, ${bytes} bytes, SHA-256 ${sha256}`,
    ...(added === null ? ['checked: every file is as its maker made it; nothing was kept'] : []),
    ...(added === true ? ['added to the lessons of Hypnospike'] : []),
    ...(added === false ? ['it was among the lessons of Hypnospike already'] : []),
  ]
}
