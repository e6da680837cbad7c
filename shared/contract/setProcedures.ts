/** Annotation sets: opening, journalling every edit, saving, giving up. */
import * as v from 'valibot'
import type { AnnotationDocument } from '../annotation/document.ts'
import { boundedList } from '../annotation/fieldSchemas.ts'
import type { History } from '../annotation/history.ts'
import { historySchema, type JournalEntry, journalEntrySchema } from '../annotation/journalEntry.ts'
import { documentSchema } from '../annotation/schemas.ts'
import type { OpenedSet, OpenRef, SavedSet, SavedSetAs, SetHistory, SetSummary, SetVersion } from './model.ts'
import { id, recording, takes } from './procedure.ts'
import { reviewerSchema } from './settings.ts'

/** Of one call of `journal`. */
const MOST_ENTRIES = 10_000

const set = v.strictObject({ setId: id })
/** Of a file, as `SetVersion` tells it. */
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'))
/** The schema keeps keys that later versions add, which its inferred type cannot say together with ours. */
const entry = journalEntrySchema as unknown as v.GenericSchema<unknown, JournalEntry>
const document = documentSchema as unknown as v.GenericSchema<unknown, AnnotationDocument>
const history = historySchema as unknown as v.GenericSchema<unknown, History>

export const SET_PROCEDURES = {
  /**
   * The reviewer's set of a recording: saved, recovered or new. `ref` opens another one of its sets, with `toRead`
   * for reading only whosever it is. `sealed` where a blind review keeps it; `reader-unknown` where it is blind and under
   * a code of which this reader has not said that it is theirs (`confirmReviewer`).
   */
  openSet: takes(
    v.strictObject({
      recordingId: id,
      reviewer: reviewerSchema,
      ref: v.nullable(id),
      toRead: v.exactOptional(v.boolean()),
    }),
  ).gives<OpenedSet>(),
  /** The sets beside a recording as they are now, all of them, however long they take to read. */
  listSets: takes(recording).gives<readonly SetSummary[]>(),
  /** The system's dialog for a set elsewhere; null when dismissed. */
  chooseSet: takes(recording).gives<OpenRef | null>(),
  /**
   * Makes entries durable, in order. `from` is the count of entries before these: what is held already may be
   * sent again where an answer was lost, a gap or another entry in its place is a `conflict`.
   */
  journal: takes(
    v.strictObject({
      setId: id,
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      entries: boundedList(entry, MOST_ENTRIES, {
        list: 'a list of entries',
        longest: `a list of at most ${MOST_ENTRIES} entries`,
      }),
    }),
  ).gives<null>(),
  /** After such a conflict: what the window shows is the set from now on, and its entries count from 0. */
  restartSet: takes(v.strictObject({ setId: id, document, history })).gives<null>(),
  /**
   * The answer to `OpenedSet.choice`. What is not kept goes into the app's own folder; 'both': what was recovered
   * is written beside the set, which stays as it was saved.
   */
  chooseRecovery: takes(
    v.strictObject({ setId: id, keep: v.picklist(['saved', 'recovered', 'both']) }),
  ).gives<OpenedSet>(),
  /** Damaged journals are told of no longer; they stay in the app's own folder. */
  putDamageAside: takes(set).gives<null>(),
  /**
   * Another version of an open set of the reader's own: one of its copies, or (`ref` null) what lies in its place on
   * disk now. `bad-input` where it is another reviewer's.
   */
  readVersion: takes(v.strictObject({ setId: id, ref: v.nullable(id) })).gives<SetVersion>(),
  /**
   * The hash of what another program or computer has written in the place of an open set since it was read or saved
   * here; null: nothing. A save would be refused.
   */
  findOnDisk: takes(set).gives<{ readonly hash: string | null }>(),
  /** Moves a copy into the folder `set aside` beside it; `seen` is the hash of what the reader has compared. */
  setCopyAside: takes(v.strictObject({ setId: id, ref: id, seen: hash })).gives<{
    readonly fileName: string
    readonly folder: string
  }>(),
  /**
   * `overwrite` after the reader was told that the file on disk had changed; `seen` after they have compared it: its
   * hash, and a file that has another by now is a `conflict`.
   */
  saveSet: takes(
    v.strictObject({ setId: id, overwrite: v.boolean(), seen: v.exactOptional(hash) }),
  ).gives<SavedSet>(),
  /** Elsewhere: by the system's dialog, or in the browser under `name` beside the recording; null when dismissed. */
  saveSetAs: takes(
    v.strictObject({
      setId: id,
      name: v.nullable(v.pipe(v.string(), v.maxLength(120, 'a name of at most 120 characters'))),
    }),
  ).gives<SavedSetAs | null>(),
  /**
   * A set of this reader that belongs to the recording by its samples alone is copied beside it, under its name; where
   * there is one of theirs already, a `conflict`.
   */
  takeStrayedSet: takes(v.strictObject({ recordingId: id, ref: id })).gives<null>(),
  /** Saves the set as one that is reviewed blind: until it is signed off, no other set is given out. */
  beginBlind: takes(set).gives<SavedSet>(),
  /** Saves the set and closes it: its content is hashed and dated. What is sealed is open afterwards. */
  signOff: takes(set).gives<SavedSet>(),
  /** Who has changed what and when, what is not saved yet included. */
  setHistory: takes(set).gives<SetHistory>(),
  /** A copy of the set as it is now, without its history, by the system's dialog; null when dismissed. */
  saveCopy: takes(set).gives<{ readonly fileName: string } | null>(),
  /** Forgets what was not saved since the last save (the reader said so). */
  discardSet: takes(set).gives<OpenedSet>(),
  closeSet: takes(set).gives<null>(),
} as const
