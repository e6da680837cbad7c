/** The fields of an EDF+ header that tell of a person or a day, as an export writes them. */
import { checkPatient, checkRecordingField, headerField, startFields } from '../../edf/writer.ts'
import { ReviewError } from '../../failure.ts'
import type { WriteJob } from '../common/format.ts'
import { NEUTRAL_START } from '../common/shape.ts'

const NOBODY = 'X X X X'
const WIDTH = 80

/** The same bytes of nobody and no day: EDF+ 2.1.3.3 and 2.1.3.4 write X, and the date that checkers take for none. */
export const NEUTRAL_FIELDS = [
  headerField('local patient identification', NOBODY, WIDTH),
  headerField('local recording identification', 'Startdate X X X X', WIDTH),
  startFields(NEUTRAL_START).date,
  startFields(NEUTRAL_START).time,
].join('')

/** Patient, recording, date and time: bytes 8 to 183 of the header. Nothing of a person or a day unless asked for. */
export function identificationFields({ recording, options, identification }: WriteJob): string {
  const start = startOf(recording.start, options.dates)
  const { date, time, dayMonthYear } = startFields(start)
  const startdate = `Startdate ${options.dates && recording.start !== null ? dayMonthYear : 'X'}`
  const patient =
    options.patient && identification !== undefined ? patientField(identification.patient) : NOBODY
  const equipment =
    options.patient && identification !== undefined
      ? recordingField(identification.recording, startdate)
      : `${startdate} X X X`
  checkPatient(patient)
  checkRecordingField(equipment, dayMonthYear)
  return [
    headerField('local patient identification', patient, WIDTH),
    headerField('local recording identification', equipment, WIDTH),
    date,
    time,
  ].join('')
}

/** EDF+ has two digits for the year and counts from 1985. */
function startOf(start: string | null, dates: boolean): string {
  if (!dates || start === null) return NEUTRAL_START
  const year = Number(start.slice(0, 4))
  if (year >= 1985 && year <= 2084) return start
  throw new ReviewError(
    'bad-input',
    `The recording began in ${year}, which EDF+ cannot write: leave the date out.`,
  )
}

/** As it is where it is an EDF+ field; another program's free text stands for the name. */
function patientField(written: string): string {
  try {
    checkPatient(written)
    return written
  } catch {
    const name = plainWord(written)
    return name === '' ? NOBODY : `X X X ${name}`.slice(0, WIDTH)
  }
}

function recordingField(written: string, startdate: string): string {
  const [word, , ...rest] = written.split(' ')
  if (word === 'Startdate' && rest.length >= 3 && !rest.includes(''))
    return `${startdate} ${rest.join(' ')}`.slice(0, WIDTH)
  const equipment = plainWord(written)
  return `${startdate} X X ${equipment === '' ? 'X' : equipment}`.slice(0, WIDTH)
}

/** Subfields have no blanks, and the header no character outside ASCII. */
function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[^\x21-\x7e]/g, '?')
}
