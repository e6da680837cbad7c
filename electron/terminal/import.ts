/** `import`: a file of another program as a new set of a recording. */
import path from 'node:path'
import * as v from 'valibot'
import { applyChecked } from '../../shared/annotation/checkEdit.ts'
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { reviewerSchema } from '../../shared/contract/settings.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Found } from '../../shared/interchange/common/format.ts'
import { importEdit, planImport } from '../../shared/interchange/common/planImport.ts'
import {
  codeOfTarget,
  TARGETS,
  type Target,
  targetOfCode,
} from '../../shared/interchange/common/vocabulary.ts'
import { FORMAT_IDS } from '../../shared/interchange/formats.ts'
import { displayName } from '../../shared/shownText.ts'
import { saveSet } from '../host/annotationFiles.ts'
import { readForeign } from '../host/foreignFiles.ts'
import { setPathFor } from '../host/setNames.ts'
import type { PathsCommand } from './command.ts'
import { namedFormat } from './export.ts'
import { EXIT, UsageError } from './output.ts'
import { withRecording } from './setRecording.ts'

const UNNAMED = 'imported'

export const importCommand: PathsCommand = {
  name: 'import',
  usage:
    'import FILE --recording EDF [--out SET] [--from FORMAT] [--reviewer CODE] [--map TEXT=KIND]… [--preview] [--json]',
  summary: `a file of another program as a new set; FORMAT (told from the file where it is not said) is ${FORMAT_IDS.join(', ')}`,
  operands: ['FILE'],
  options: {
    recording: { type: 'string' },
    out: { type: 'string' },
    from: { type: 'string' },
    reviewer: { type: 'string' },
    map: { type: 'string', multiple: true },
    preview: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  runOnPaths: async ([file = ''], values, output) => {
    if (typeof values.recording !== 'string') throw new UsageError('--recording EDF is missing')
    const { recording: recordingFile } = values
    const chosen = readMap(values.map)
    const named = values.from === undefined ? null : namedFormat(values.from, '--from')
    const name = path.basename(file)
    const { format, plan, set, document } = await withRecording(
      recordingFile,
      async ({ identity, facts }) => {
        try {
          const { format, found } = await readForeign(file, named, facts)
          const reviewer = reviewerOf(values.reviewer, found)
          const plan = planImport(found, facts, chosen)
          const now = new Date().toISOString()
          const empty = emptyDocument({ recording: identity, reviewer, now })
          const edit = importEdit(empty, plan, { author: reviewer, now })
          const out = typeof values.out === 'string' ? values.out : setPathFor(recordingFile, reviewer)
          return { format, plan, set: out, document: edit === null ? null : applyChecked(empty, edit) }
        } catch (thrown) {
          if (!(thrown instanceof ReviewError) || thrown.message.includes(name)) throw thrown
          throw new ReviewError(thrown.code, `"${displayName(name)}": ${thrown.message}`, { cause: thrown })
        }
      },
    )
    const isPreview = values.preview === true
    if (!isPreview && document !== null) await saveSet(set, document, { expected: null })
    const shown = typeof values.out === 'string' ? set : path.basename(set)
    if (isPreview || document !== null) {
      await output.write(
        values.json === true
          ? `${JSON.stringify(asJson(format.id, shown, plan, document), null, 1)}\n`
          : asText(isPreview, shown, plan, document),
      )
    }
    if (document === null) throw nothingKnown(name, plan, isPreview)
    return EXIT.done
  },
}

type Plan = ReturnType<typeof planImport>
/** null: no event is known. */
type Content = { readonly marks: readonly unknown[]; readonly reviewed: readonly unknown[] } | null

/** Texts may name a patient, and errors are kept by who runs this for others: only the preview, which asks for them, has them. */
function nothingKnown(name: string, { rows }: Plan, isPreview: boolean): ReviewError {
  const has = `"${displayName(name)}" has no event that is known here`
  const texts = rows.length === 1 ? '1 text' : `${rows.length} texts`
  const where = rows.length === 0 || isPreview ? '' : `, but ${texts}, which --preview lists`
  return new ReviewError('bad-set', `${has}${where}: say with --map what a text means.`)
}

function asJson(format: string, set: string, { rows }: Plan, content: Content) {
  return {
    format,
    set,
    marks: content?.marks.length ?? 0,
    reviewed: content?.reviewed.length ?? 0,
    texts: rows.map(({ text, count, target, because }) => ({
      text,
      count,
      as: codeOfTarget(target),
      because,
    })),
  }
}

function asText(isPreview: boolean, set: string, { rows }: Plan, content: Content): string {
  const lines = rows.map(({ text, count, target, because }) => {
    const what = TARGETS.find(({ code }) => code === codeOfTarget(target))?.label ?? ''
    const how = target.as === 'nothing' ? 'left out' : `as ${what}`
    return `${count} × "${displayName(text)}" ${how}${because === 'proposed' ? ' (a spelling of it)' : ''}`
  })
  if (content === null) return `${[...lines, 'would write nothing'].join('\n')}\n`
  const { marks, reviewed } = content
  const count = `${marks.length} ${marks.length === 1 ? 'mark' : 'marks'}, ${reviewed.length} reviewed ${reviewed.length === 1 ? 'range' : 'ranges'}`
  return `${[...lines, `${isPreview ? 'would write' : 'wrote'} ${displayName(set)}: ${count}`].join('\n')}\n`
}

/** `TEXT=KIND`, as often as given, which makes it a list; the last `=` divides, since a text may have one. */
function readMap(given: unknown): ReadonlyMap<string, Target> {
  const pairs = Array.isArray(given) ? given : []
  return new Map(
    pairs.map((pair: unknown) => {
      const text = String(pair)
      const at = text.lastIndexOf('=')
      const target = at === -1 ? null : targetOfCode(text.slice(at + 1))
      if (target !== null) return [text.slice(0, at), target]
      const codes = TARGETS.map(({ code }) => code).join(', ')
      throw new UsageError(`--map ${text} should be TEXT=KIND, with KIND one of ${codes}`)
    }),
  )
}

/** Whose set it becomes: who is said, else the one whose marks they are. */
function reviewerOf(given: unknown, found: readonly Found[]): string {
  const authors = new Set(found.map(({ author }) => author))
  const [only] = authors
  const code = typeof given === 'string' ? given : authors.size === 1 && only !== undefined ? only : UNNAMED
  const checked = v.safeParse(reviewerSchema, code)
  if (checked.success) return checked.output
  if (typeof given !== 'string') return UNNAMED
  throw new UsageError(`--reviewer ${given}: ${checked.issues[0].message}`)
}
