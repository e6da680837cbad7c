/** What the built main process does from a window's first call to its end, with a stand-in for Electron. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { connect, type Transport } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenedRecording, Startup } from '../../shared/contract/model.ts'
import { bridgeTo, emitPreventable } from '../support/electronStandIn.ts'
import {
  call,
  clickMenuItem,
  events,
  menuItem,
  openShellLab,
  SAMPLE,
  type ShellLab,
  UNSAVED,
} from '../support/shellLab.ts'

let lab: ShellLab
const launch: ShellLab['launch'] = (options) => lab.launch(options)

beforeAll(async () => {
  lab = await openShellLab()
})

afterAll(() => lab.remove())

describe('calls', () => {
  it('reach the host from the window’s own page', async () => {
    const startup = (await call(await launch(), 'startup', { window: 'test' })) as Startup
    expect(startup.shell.kind).toBe('desktop')
  })

  it('are refused from anywhere else', async () => {
    const standIn = await launch()
    const { mainFrame } = standIn.window().webContents
    const strangers = {
      'another page': { sender: { mainFrame } },
      'a frame inside the page': { senderFrame: { ...mainFrame, frameTreeNodeId: 2 } },
      'a frame that is gone': { senderFrame: null },
    }
    for (const [name, from] of Object.entries(strangers)) {
      await expect(
        standIn.invoke('hypnospike:call', ['startup', { window: 'test' }], from),
        name,
      ).rejects.toThrow('refused')
    }
    Object.assign(mainFrame, { origin: 'https://example.org' })
    await expect(standIn.invoke('hypnospike:call', ['startup', { window: 'test' }])).rejects.toThrow(
      'refused',
    )
  })

  it('are checked against the contract', async () => {
    const standIn = await launch()
    await expect(call(standIn, 'readFile', { path: '/etc/hosts' })).rejects.toThrow('bad-input')
    await expect(call(standIn, 'constructor')).rejects.toThrow('bad-input')
    await expect(call(standIn, 'openRecording', { ref: 7 })).rejects.toThrow('bad-input')
    await expect(standIn.invoke('hypnospike:call', [7, {}])).rejects.toThrow('refused')
  })

  it('have one channel, and drops another', async () => {
    const standIn = await launch()
    expect([...standIn.handlers.keys()]).toEqual(['hypnospike:call'])
    expect(standIn.ipcMain.eventNames()).toEqual(['hypnospike:drop'])
  })

  it('cannot open a path by naming it', async () => {
    const standIn = await launch()
    await expect(call(standIn, 'openRecording', { ref: lab.recording('a.edf') })).rejects.toThrow('not-found')
  })

  it('open what was chosen in the system’s dialog', async () => {
    const standIn = await launch()
    expect(await call(standIn, 'chooseRecording')).toBe(null)
    standIn.answers.openPath = lab.recording('chosen.edf')
    expect(await call(standIn, 'chooseRecording')).toMatchObject({ name: 'chosen.edf' })
  })

  it('print the page', async () => {
    const standIn = await launch()
    expect(await call(standIn, 'printSheet', { asPdf: false })).toBe(true)
    expect(standIn.window().webContents.printed).toHaveLength(1)
    expect(await call(standIn, 'printSheet', { asPdf: true })).toBe(false)
  })

  it('keep the page as a PDF, whole or not at all', async () => {
    const standIn = await launch()
    const folder = mkdtempSync(path.join(lab.folder, 'pdf-'))
    standIn.answers.savePath = path.join(folder, 'reference.pdf')
    writeFileSync(standIn.answers.savePath, 'an older one, longer than the new one')
    expect(await call(standIn, 'printSheet', { asPdf: true })).toBe(true)
    expect(readFileSync(standIn.answers.savePath, 'utf8')).toBe('%PDF-')
    expect(readdirSync(folder)).toEqual(['reference.pdf'])
    standIn.answers.savePath = path.join(folder, 'none', 'reference.pdf')
    await expect(call(standIn, 'printSheet', { asPdf: true })).rejects.toThrow('not-found')
  })

  it('never write a PDF over a recording, under its own name or another', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const folder = mkdtempSync(path.join(lab.folder, 'pdf-'))
    const content = readFileSync(SAMPLE)
    for (const name of ['night.edf', 'night.pdf']) {
      standIn.answers.savePath = path.join(folder, name)
      writeFileSync(standIn.answers.savePath, content)
      await expect(call(standIn, 'printSheet', { asPdf: true }), name).rejects.toThrow('bad-input')
      expect(readFileSync(standIn.answers.savePath).equals(content), name).toBe(true)
    }
    // None there yet: the name alone would make one that is none.
    standIn.answers.savePath = path.join(folder, 'new.bdf')
    await expect(call(standIn, 'printSheet', { asPdf: true })).rejects.toThrow('bad-input')
    expect(readdirSync(folder).toSorted()).toEqual(['night.edf', 'night.pdf'])
  })

  it('keep a figure where the reader says, and never over a recording', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const folder = mkdtempSync(path.join(lab.folder, 'figure-'))
    const figure = { name: 'eeg-figure', type: 'svg', bytes: new TextEncoder().encode('<svg/>') }
    expect(await call(standIn, 'keepPicture', figure)).toBeNull()
    standIn.answers.savePath = path.join(folder, 'three hertz.svg')
    expect(await call(standIn, 'keepPicture', figure)).toEqual({ fileName: 'three hertz.svg' })
    expect(readFileSync(standIn.answers.savePath, 'utf8')).toBe('<svg/>')
    standIn.answers.savePath = path.join(folder, 'night.svg')
    writeFileSync(standIn.answers.savePath, readFileSync(SAMPLE))
    await expect(call(standIn, 'keepPicture', figure)).rejects.toThrow('bad-input')
    await expect(call(standIn, 'keepPicture', { ...figure, name: '../up' })).rejects.toThrow('bad-input')
  })
})

describe('the whole way', () => {
  it('carries a page of EEG from the file through main and preload, and events back', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const bridge = bridgeTo(standIn, lab.dist)
    const { host, subscribe } = connect({ call: bridge.call as Transport['call'], subscribe: bridge.onEvent })
    const heard: HostEvent[] = []
    subscribe((event) => heard.push(event))
    const { open } = await host.startup({ window: 'test' })
    const opened = await host.openRecording({ ref: open!.ref })
    expect(opened.name).toBe('hypnic-jerks.edf')
    const { recordingId } = opened
    const settings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const
    const page = await host.page({ recordingId, span: { start: 0, end: 10 }, settings, columns: 1200 })
    const piece = page.traces[0]!.pieces[0]!
    expect(piece.values).toBeInstanceOf(Float32Array)
    expect(piece.values.some((value) => value !== 0)).toBe(true)
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: 'scan', done: true }))
    expect(standIn.called('addRecentDocument')).toEqual([[SAMPLE]])
    await expect
      .poll(() => (menuItem(standIn, 'open-recent').submenu as MenuItemConstructorOptions[])[0]?.label)
      .toBe('hypnic-jerks.edf')
    await expect(
      host.page({ recordingId: 'other', span: { start: 0, end: 1 }, settings, columns: 1 }),
    ).rejects.toMatchObject({
      name: 'ReviewError',
      code: 'not-found',
    })
    await host.closeRecording({ recordingId })
  })
})

describe('opening', () => {
  it('takes a file from the command line, past flags, from the folder it was called in', async () => {
    const standIn = await launch({ argv: ['--disable-gpu', 'night.edf'] })
    expect((await call(standIn, 'startup', { window: 'test' })) as Startup).toMatchObject({
      open: { name: 'night.edf' },
    })
  })

  it('takes a file from a second instance and comes to the front', async () => {
    const standIn = await launch()
    await call(standIn, 'startup', { window: 'test' })
    standIn.app.emit('second-instance', {}, [], '', { file: lab.recording('second.edf') })
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'second.edf' } }])
    expect(standIn.window().focused).toBe(1)
    standIn.app.emit('second-instance', {}, [], '', { file: 7 })
    standIn.app.emit('second-instance', {}, [], '', null)
    expect(await events(standIn)).toHaveLength(1)
  })

  it('says in a sentence that an address of another computer is not opened, its own or a second instance’s', async () => {
    const standIn = await launch({ argv: ['file://server/share/night.edf'] })
    expect(standIn.called('requestSingleInstanceLock')).toEqual([[{ file: null, refused: true }]])
    expect((await call(standIn, 'startup', { window: 'test' })) as Startup).toMatchObject({ open: null })
    const sentence = expect.stringContaining('names another computer')
    expect(standIn.called('showErrorBox')).toEqual([['This address is not opened', sentence]])
    standIn.app.emit('second-instance', {}, [], '', { file: null, refused: true })
    expect(standIn.called('showErrorBox')).toHaveLength(2)
    expect(await events(standIn)).toEqual([])
  })

  it('takes a file from macOS before and after the window is there', async () => {
    const standIn = lab.begin()
    standIn.app.emit('open-file', { preventDefault: () => {} }, lab.recording('early.edf'))
    await standIn.becomeReady()
    expect((await call(standIn, 'startup', { window: 'test' })) as Startup).toMatchObject({
      open: { name: 'early.edf' },
    })
    standIn.app.emit('open-file', { preventDefault: () => {} }, lab.recording('late.edf'))
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'late.edf' } }])
  })

  it('takes a file that was dropped, from the page itself only', async () => {
    const standIn = await launch()
    await call(standIn, 'startup', { window: 'test' })
    const { webContents } = standIn.window()
    const dropped = lab.recording('dropped.edf')
    standIn.ipcMain.emit('hypnospike:drop', { sender: webContents, senderFrame: null }, dropped)
    standIn.ipcMain.emit('hypnospike:drop', { sender: webContents, senderFrame: webContents.mainFrame }, 7)
    expect(await events(standIn)).toEqual([])
    standIn.ipcMain.emit(
      'hypnospike:drop',
      { sender: webContents, senderFrame: webContents.mainFrame },
      dropped,
    )
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'dropped.edf' } }])
    expect(JSON.stringify(await events(standIn))).not.toContain(lab.folder)
  })

  it('loses nothing that is asked while the page is still loading', async () => {
    const standIn = await launch()
    clickMenuItem(standIn, 'about')
    expect(await events(standIn)).toEqual([])
    await call(standIn, 'startup', { window: 'test' })
    expect(await events(standIn)).toEqual([{ type: 'command', command: 'about' }])
  })
})

describe('closing', () => {
  it('just closes when everything is saved', async () => {
    const standIn = await launch()
    standIn.window().close()
    expect(standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toEqual([])
  })

  it('has the page ask when something is unsaved, and goes when it says so', async () => {
    const standIn = await launch()
    await call(standIn, 'startup', { window: 'test' })
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().close()
    expect(standIn.window().destroyed).toBe(false)
    expect(await events(standIn)).toEqual([{ type: 'close-requested' }])
    expect(emitPreventable(standIn.window().webContents, 'will-prevent-unload')).toBe(true)
    await call(standIn, 'closeWindow')
    expect(standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toEqual([])
  })

  it('asks natively when the page hangs, and can then be closed', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.alive = false
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    standIn.window().close()
    await vi.advanceTimersByTimeAsync(1999)
    expect(standIn.messageBoxes).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    expect(standIn.messageBoxes).toHaveLength(1)
    expect(standIn.messageBoxes[0]).toMatchObject({ cancelId: 0, buttons: ['Wait', 'Close anyway'] })
    expect(standIn.window().destroyed).toBe(false)
    standIn.answers.messageBox = 1
    standIn.window().emit('unresponsive')
    await expect.poll(() => standIn.window().destroyed).toBe(true)
  })

  it('says of a lesson that it goes with a window that does not answer', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', { ...UNSAVED, unsavedLesson: true })
    standIn.window().webContents.crashed = true
    standIn.window().close()
    await expect.poll(() => standIn.messageBoxes).toHaveLength(1)
    expect(standIn.messageBoxes[0]).toMatchObject({
      detail: expect.stringMatching(
        /What you did last in the open lesson is not saved, and goes with the window\.$/,
      ),
    })
  })

  it('asks natively when the page has crashed', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.crashed = true
    standIn.answers.messageBox = 1
    standIn.window().close()
    await expect.poll(() => standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toHaveLength(1)
  })
})

describe('a page whose process is gone', () => {
  it('is told in a sentence and loaded again', async () => {
    const standIn = await launch()
    await call(standIn, 'startup', { window: 'test' })
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'oom' })
    await expect.poll(() => standIn.window().loaded).toHaveLength(2)
    expect(standIn.messageBoxes[0]).toMatchObject({ message: 'The window has stopped working.' })
  })

  it('comes back with the recording it had', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const { open } = (await call(standIn, 'startup', { window: 'test' })) as Startup
    const { recordingId } = (await call(standIn, 'openRecording', { ref: open!.ref })) as OpenedRecording
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => standIn.window().loaded).toHaveLength(2)
    // What the page that is gone had unsaved is in its journal: nothing is asked on its behalf.
    expect(standIn.window().title).toBe('Hypnospike')
    clickMenuItem(standIn, 'about')
    const heard = (await events(standIn)).length
    expect((await call(standIn, 'startup', { window: 'test' })) as Startup).toMatchObject({
      open: { name: 'hypnic-jerks.edf' },
    })
    expect((await events(standIn)).slice(heard)).toContainEqual({ type: 'command', command: 'about' })
    await expect(call(standIn, 'scanned', { recordingId })).rejects.toThrow('not-found')
  })

  it('is closed when the reader would rather', async () => {
    const standIn = await launch()
    standIn.answers.messageBox = 1
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => standIn.window().destroyed).toBe(true)
  })
})

describe('the menu', () => {
  it('follows what the window reports', async () => {
    const standIn = await launch()
    expect(menuItem(standIn, 'save').enabled).toBe(false)
    await call(standIn, 'reportState', UNSAVED)
    expect(menuItem(standIn, 'save').enabled).toBe(true)
    expect(menuItem(standIn, 'undo').label).toBe('Undo mark hypnic jerk')
    expect(menuItem(standIn, 'redo').label).toBe('Redo')
  })

  it('sends its commands to the page', async () => {
    const standIn = await launch()
    await call(standIn, 'startup', { window: 'test' })
    clickMenuItem(standIn, 'reference')
    expect(await events(standIn)).toEqual([{ type: 'command', command: 'reference' }])
  })
})
