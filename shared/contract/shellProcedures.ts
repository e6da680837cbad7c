/** What the window asks of the shell it stands in: its start, its settings, its menu, its end. */
import * as v from 'valibot'
import { boundedList } from '../annotation/fieldSchemas.ts'
import { MOST_OWN } from '../montage/ownMontages.ts'
import { LARGEST_MONTAGE_FILE } from '../ownMontages/montageFile.ts'
import { ownMontageSchema } from '../ownMontages/ownMontageSchema.ts'
import type { Startup, TextFile } from './model.ts'
import { id, nothing, takes } from './procedure.ts'
import { rememberedViewSchema } from './rememberedView.ts'
import { settingsSchema } from './settings.ts'

/** Pictures that a window makes of a page, and how their files end. */
export const PICTURE_TYPES = ['svg', 'png'] as const

/** A name without a folder: letters, digits, and what people put between them. */
const pictureName = v.pipe(
  v.string(),
  v.regex(
    /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} ._()-]{0,99}$/u,
    'a file name of at most 100 letters, digits, spaces and . _ ( ) -',
  ),
)

export const SHELL_PROCEDURES = {
  /** First call of a window, which names itself: settings and what to open. A window before it is told. */
  startup: takes(v.strictObject({ window: id })).gives<Startup>(),
  /** Which window was the last to start here: null after the host itself has started anew. Changes nothing. */
  presence: takes(nothing).gives<{ readonly window: string | null }>(),
  saveSettings: takes(settingsSchema).gives<null>(),
  /** The code of the settings is this reader's own, also where it is the one that everybody begins with. */
  confirmReviewer: takes(nothing).gives<null>(),
  /** The montages that the reader has made, all of them, in their order. */
  saveMontages: takes(
    v.strictObject({
      montages: boundedList(ownMontageSchema, MOST_OWN, {
        list: 'a list of montages',
        longest: `at most ${MOST_OWN} montages`,
      }),
    }),
  ).gives<null>(),
  /** A file chosen in the system's dialog; null when dismissed. A browser's page reads its files by itself. */
  openMontageFile: takes(nothing).gives<TextFile | null>(),
  /** Writes where the system's dialog says, and answers with the file's name; null when dismissed. */
  saveMontageFile: takes(
    v.strictObject({
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
      text: v.pipe(v.string(), v.maxLength(LARGEST_MONTAGE_FILE)),
    }),
  ).gives<string | null>(),
  /** How every recording opens of which nothing is remembered; null: as the program has it. */
  keepDefaultView: takes(v.strictObject({ defaultView: v.nullable(rememberedViewSchema) })).gives<null>(),
  /** What the shell needs for its menu and for asking before it closes. */
  reportState: takes(
    v.strictObject({
      /** Marks or a lesson. */
      unsaved: v.boolean(),
      /** No journal has a lesson: what is not saved of it goes with the window. */
      unsavedLesson: v.boolean(),
      undo: v.nullable(v.pipe(v.string(), v.maxLength(200))),
      redo: v.nullable(v.pipe(v.string(), v.maxLength(200))),
      recording: v.nullable(v.pipe(v.string(), v.maxLength(300))),
    }),
  ).gives<null>(),
  /** The reader has answered a `close-requested`: saved or discarded, the window may go. */
  closeWindow: takes(nothing).gives<null>(),
  /** Prints the page on screen, or keeps it as a PDF (desktop); false when dismissed. */
  printSheet: takes(v.strictObject({ asPdf: v.boolean() })).gives<boolean>(),
  /**
   * Writes a picture where the reader says, by the system's dialog; null when dismissed. `bad-input` in a shell that has
   * none: a browser downloads it. `name` is a suggestion.
   */
  keepPicture: takes(
    v.strictObject({
      name: pictureName,
      type: v.picklist(PICTURE_TYPES),
      bytes: v.instance(Uint8Array, 'the bytes of a picture'),
    }),
  ).gives<{ readonly fileName: string } | null>(),
} as const
