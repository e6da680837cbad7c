/** A set that was saved elsewhere than beside its recording: what is opened the next time, and what is said of it. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSettings } from '../../../electron/host/settings.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { formatMoment } from '../../../shared/text/moment.ts'
import { blankDocument, RECORDING, seconds } from '../../support/annotations.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'
import { type Desk, makeDesk, makeWindow, onsets } from '../../support/setDesk.ts'

const USUAL = 'night.R-01.hypnospike.json'

async function atWork(desk = makeDesk(), recording = desk.recording) {
  const opened = await desk.sets.open(recording, 'R-01', null)
  const { mark } = makeWindow(desk, opened)
  const { setId } = opened
  return {
    opened,
    mark,
    save: () => desk.sets.save(setId, false),
    saveAs: (...names: string[]) => desk.sets.saveAs(setId, async () => path.join(desk.folder, ...names)),
    close: () => desk.sets.close(setId),
  }
}

/** One mark beside the recording, and a second one since in `usb/mine.json`. */
async function savedTwice(): Promise<Desk> {
  const desk = makeDesk()
  mkdirSync(path.join(desk.folder, 'usb'))
  const { mark, save, saveAs, close } = await atWork(desk)
  await mark(1)
  await save()
  await saveAs('usb', 'mine.json')
  await mark(2)
  await save()
  await close()
  return desk
}

const timeOf = (...names: string[]) =>
  formatMoment(parseSet(readFileSync(path.join(...names), 'utf8')).changed)

describe('a set that was saved elsewhere', () => {
  it('and then in its usual place again is opened there', async () => {
    const desk = await savedTwice()
    const { mark, save, saveAs, close } = await atWork(desk)
    await saveAs(USUAL)
    await mark(3)
    await save()
    await close()
    const { opened } = await atWork(desk)
    expect(opened).toMatchObject({ fileName: USUAL, notice: null })
    expect(onsets(opened.document)).toEqual([1, 2, 3])
  })

  it('says that it is away, what is opened in its place, and that both differ once it is back', async () => {
    const desk = await savedTwice()
    const usb = path.join(desk.folder, 'usb')
    const folder = path.basename(desk.folder)
    renameSync(usb, `${usb}.off`)
    const away = await atWork(desk)
    expect(away.opened).toMatchObject({ fileName: USUAL })
    expect(away.opened.notice).toBe(
      `Your set of this recording was last saved as mine.json in the folder usb, which is not there. Opened is ${USUAL} in the folder ${folder}, last changed ${timeOf(desk.folder, USUAL)}, and it may lack marks. Once the other can be read, open the recording again or choose that file by Open set…; Save set as… makes another file the one that is opened.`,
    )
    await away.mark(3)
    await away.save()
    await away.close()
    renameSync(`${usb}.off`, usb)
    const { opened, close } = await atWork(desk)
    expect(onsets(opened.document)).toEqual([1, 2])
    expect(opened.notice).toBe(
      `Your set of this recording lies in two places, and they differ. Opened is mine.json in the folder usb, last changed ${timeOf(usb, 'mine.json')}. The other is ${USUAL} in the folder ${folder}, last changed ${timeOf(desk.folder, USUAL)}: to see it, choose that file by Open set….`,
    )
    await close()
  })

  it('says so where nothing at all is beside the recording', async () => {
    const desk = makeDesk()
    mkdirSync(path.join(desk.folder, 'usb'))
    const { mark, saveAs, close } = await atWork(desk)
    await mark(1)
    await saveAs('usb', 'mine.json')
    await close()
    renameSync(path.join(desk.folder, 'usb'), path.join(desk.folder, 'off'))
    const { opened } = await atWork(desk)
    expect(opened.notice).toContain(`Opened is ${USUAL} in the folder`)
    expect(opened.notice).toContain('not saved yet, and it may lack marks.')
  })

  it('gives way to the one beside the recording only where that holds all of it, whichever is later', async () => {
    const desk = await savedTwice()
    const [usual, mine] = [path.join(desk.folder, USUAL), path.join(desk.folder, 'usb', 'mine.json')]
    const both = parseSet(readFileSync(mine, 'utf8'))
    const third = { ...both.marks[0]!, id: '00000000-0000-4000-8000-000000000003', onset: seconds(3) }
    writeFileSync(usual, serializeSet({ ...both, marks: [...both.marks, third], changed: both.created }))
    const larger = await atWork(desk)
    expect(larger.opened).toMatchObject({ fileName: USUAL })
    expect(larger.opened.notice).toContain('The other is mine.json in the folder usb')
    await larger.close()
    writeFileSync(
      usual,
      serializeSet({ ...both, marks: both.marks.slice(1), changed: '2031-01-01T00:00:00.000Z' }),
    )
    const smaller = await atWork(desk)
    expect(smaller.opened).toMatchObject({ fileName: 'mine.json' })
    expect(smaller.opened.notice).toContain(`The other is ${USUAL} in the folder`)
    await smaller.close()
    writeFileSync(usual, readFileSync(mine))
    const { opened } = await atWork(desk)
    expect(opened).toMatchObject({ fileName: 'mine.json', notice: null })
  })

  it('is not looked for in a file that holds the set of another recording by now', async () => {
    const desk = await savedTwice()
    const mine = path.join(desk.folder, 'usb', 'mine.json')
    const { recording, ...rest } = parseSet(readFileSync(mine, 'utf8'))
    writeFileSync(mine, serializeSet({ ...rest, recording: { ...recording, fingerprint: 'd'.repeat(64) } }))
    const { opened } = await atWork(desk)
    expect(opened).toMatchObject({ fileName: USUAL })
    expect(opened.notice).toContain(
      'mine.json in the folder usb, which cannot be read as your set of it now.',
    )
  })

  it('does not give way to one that lacks its sign-off', async () => {
    const desk = await savedTwice()
    const { opened, close } = await atWork(desk)
    await desk.sets.signOff(opened.setId, false)
    await close()
    const { signOffs: _, ...unsigned } = parseSet(
      readFileSync(path.join(desk.folder, 'usb', 'mine.json'), 'utf8'),
    )
    writeFileSync(path.join(desk.folder, USUAL), serializeSet(unsigned))
    const again = await atWork(desk)
    expect(again.opened).toMatchObject({ fileName: 'mine.json' })
    expect(again.opened.signed).not.toBeNull()
  })

  it('is found after some thousand others', async () => {
    const desk = await savedTwice()
    const data = path.join(desk.folder, 'data')
    const file = path.join(data, 'settings.json')
    const { elsewhere, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
    const other = (index: number) => ({
      fingerprint: `${index}`,
      reviewer: 'R-01',
      path: `/mine/${index}.json`,
    })
    const others = Array.from({ length: 2000 }, (_, index) => other(index))
    writeFileSync(file, JSON.stringify({ ...rest, elsewhere: [...others, ...elsewhere] }))
    await (await openSettings(data, () => {})).moveSetElsewhere([], other(2000))
    const { opened } = await atWork(desk)
    expect(onsets(opened.document)).toEqual([1, 2])
  })

  it('is found by another program that was started before', async () => {
    const desk = makeDesk()
    mkdirSync(path.join(desk.folder, 'usb'))
    const older = await openSettings(path.join(desk.folder, 'data'), () => {})
    const { mark, saveAs, close } = await atWork(desk)
    await mark(1)
    await saveAs('usb', 'mine.json')
    await close()
    await older.addRecent('/x/other.edf')
    const { opened } = await atWork(desk)
    expect(opened).toMatchObject({ fileName: 'mine.json' })
  })

  it('says where its place could not be remembered, and the way out', async () => {
    const desk = makeDesk()
    mkdirSync(path.join(desk.folder, 'usb'))
    const { mark, saveAs } = await atWork(desk)
    await mark(1)
    mkdirSync(path.join(desk.folder, 'data', 'settings.json.lock'))
    expect(await saveAs('usb', 'mine.json')).toMatchObject({
      fileName: 'mine.json',
      notice:
        'Where this set lies now could not be remembered (the system refused): mend that and save it as mine.json again, or choose that file by Open set… the next time.',
    })
  })

  it('says so too where the disk of the app’s own folder is full', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const desk = makeDesk(disk.folder)
    const { opened } = await atWork(desk)
    expect(() => {
      for (;;) appendFileSync(path.join(disk.folder, 'ballast'), Buffer.alloc(4096))
    }).toThrowError(/ENOSPC/)
    const target = path.join(makeFolder(), 'mine.json')
    const saved = await desk.sets.saveAs(opened.setId, async () => target)
    expect(saved?.notice).toContain('(the disk of the app’s own folder is full)')
  })
})

describe('a set elsewhere of a recording that has grown since', () => {
  const GROWN = { ...RECORDING, fingerprint: 'f'.repeat(64), records: RECORDING.records + 300 }
  const MINE = 'usb/night.R-01.hypnospike.json'

  async function grownDesk(asked: number[] = []) {
    const desk = makeDesk()
    mkdirSync(path.join(desk.folder, 'usb'))
    const { mark, saveAs, close } = await atWork(desk)
    await mark(1)
    await saveAs(MINE)
    await close()
    const fingerprintOfFirst = async (records: number) => {
      asked.push(records)
      return records === RECORDING.records ? RECORDING.fingerprint : ''
    }
    return { desk, recording: { ...desk.recording, identity: GROWN, fingerprintOfFirst } }
  }

  it('is found', async () => {
    const { desk, recording } = await grownDesk()
    const { opened } = await atWork(desk, recording)
    expect(onsets(opened.document)).toEqual([1])
    expect(opened.notice).toBe('The recording has grown since this set was saved; its marks still stand.')
  })

  it('is found in settings of an earlier version', async () => {
    const { desk, recording } = await grownDesk()
    const file = path.join(desk.folder, 'data', 'settings.json')
    const { elsewhere, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
    const earlier = elsewhere.map(({ records: _, shape: __, ...place }: Record<string, unknown>) => place)
    writeFileSync(file, JSON.stringify({ ...rest, elsewhere: earlier }))
    const { opened } = await atWork(desk, recording)
    expect(onsets(opened.document)).toEqual([1])
  })

  it('says so where it is away', async () => {
    const { desk, recording } = await grownDesk()
    renameSync(path.join(desk.folder, 'usb'), path.join(desk.folder, 'off'))
    const { opened } = await atWork(desk, recording)
    expect(opened.notice).toContain('in the folder usb, which is not there.')
  })

  it('is forgotten once it is saved in its usual place', async () => {
    const { desk, recording } = await grownDesk()
    const { saveAs, close } = await atWork(desk, recording)
    await saveAs(USUAL)
    await close()
    const { opened } = await atWork(desk, recording)
    expect(opened).toMatchObject({ fileName: USUAL, notice: null })
  })

  it('is looked for among a handful of those that are like it, and in no other', async () => {
    const asked: number[] = []
    const { desk, recording } = await grownDesk(asked)
    const store = await openSettings(path.join(desk.folder, 'data'), () => {})
    const [mine] = await store.setsElsewhere()
    for (let count = 1; count <= 20; count += 1) {
      const other = { ...mine!, path: `/mine/${count}.json`, fingerprint: `other ${count}` }
      await store.moveSetElsewhere([], { ...other, records: count })
      await store.moveSetElsewhere([], { ...other, path: `${other.path}.json`, shape: 'another' })
      await store.moveSetElsewhere([], { ...other, path: `/mine/later ${count}.json`, records: 5000 })
    }
    await atWork(desk, recording)
    expect(asked).toEqual([20, 19, 18, 17, 16])
  })

  it('of another recording stays where it is', async () => {
    const { desk, recording } = await grownDesk()
    const identity = { ...GROWN, fileName: 'dusk.edf' }
    writeFileSync(path.join(desk.folder, 'night.R-02.hypnospike.json'), serializeSet(blankDocument('R-02')))
    const { opened } = await atWork(desk, { ...recording, identity })
    expect(opened).toMatchObject({ fileName: USUAL, notice: null })
    expect(opened.document.marks).toEqual([])
  })
})
