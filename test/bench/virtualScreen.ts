/**
 * A real window's screen without a monitor: Xvfb keeps it in a file, so that its pixels can be read as often as
 * wanted without asking the server, and keys are pressed by its XTEST extension, as a keyboard does. Both programs
 * that are compared get their keys and are read in this one way.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Key codes of the keyboard that Xvfb has (evdev's), those held down first. */
const KEYS = {
  pageDown: [117],
  f1: [67],
  f8: [74],
  backslash: [51],
  /** Ctrl and minus. */
  longer: [37, 20],
} as const
export type KeyPress = keyof typeof KEYS

/** Of a whole picture every fourth row: no text and no trace is lower. */
const ROW_STEP = 4
/** A picture that has not changed for so long is settled. */
const STILL_MS = 120
const LONGEST_MS = 3000
const LONGEST_START_MS = 60_000

export type Settled = {
  /** From the key to the first and to the last change of a pixel; NaN where none changed. */
  readonly first: number
  readonly last: number
}

export type VirtualScreen = {
  /** For programs: `DISPLAY`. */
  readonly display: string
  readonly press: (key: KeyPress) => void
  readonly click: (x: number, y: number) => void
  readonly movePointer: (x: number, y: number) => void
  /** Acts, then reads the screen until it has been still. */
  readonly timeUntilStill: (act: () => void) => Promise<Settled>
  /** Nothing has changed for so long. */
  readonly untilQuiet: (ms: number) => Promise<void>
  /** Rejects where it does not come to be within a minute. */
  readonly until: (isThere: (picture: Picture) => boolean) => Promise<void>
  readonly close: () => Promise<void>
}

/** Every fourth row of the screen, of 4 bytes a pixel: blue, green, red, unused. */
export type Picture = { readonly bytes: Buffer }

/** Starts Xvfb on the first free display; `folder` gets the file of its pixels. */
export async function startVirtualScreen(
  folder: string,
  width: number,
  height: number,
): Promise<VirtualScreen> {
  const number = firstFreeDisplay()
  const display = `:${number}`
  const server = spawnTied(
    'Xvfb',
    [
      display,
      '-screen',
      '0',
      `${width}x${height}x24`,
      '-fbdir',
      folder,
      '-nolisten',
      'tcp',
      '-ac',
      '-nocursor',
    ],
    process.env,
  )
  const socketFile = `/tmp/.X11-unix/X${number}`
  const picture = path.join(folder, 'Xvfb_screen0')
  await waitFor(() => existsSync(socketFile) && existsSync(picture), 'Xvfb did not start')
  const keyboard = await connectKeyboard(socketFile)
  const file = openSync(picture, 'r')
  const shape = readShape(file)
  const rows = Math.ceil(shape.height / ROW_STEP)
  let before = Buffer.alloc(rows * shape.rowBytes)
  let now = Buffer.alloc(rows * shape.rowBytes)

  function readRows(into: Buffer): void {
    for (let row = 0; row < rows; row += 1) {
      const from = shape.offset + row * ROW_STEP * shape.rowBytes
      readSync(file, into, row * shape.rowBytes, shape.rowBytes, from)
    }
  }

  async function untilStill(act: () => void, stillMs: number, longestMs: number): Promise<Settled> {
    readRows(before)
    let first = Number.NaN
    let last = Number.NaN
    const started = performance.now()
    act()
    for (;;) {
      await sleep(1)
      const at = performance.now() - started
      readRows(now)
      if (!now.equals(before)) {
        last = at
        if (Number.isNaN(first)) first = at
        ;[before, now] = [now, before]
      }
      const waited = Number.isNaN(last) ? longestMs : stillMs
      if (at - (Number.isNaN(last) ? 0 : last) > waited) return { first, last }
    }
  }

  async function until(isThere: (picture: Picture) => boolean): Promise<void> {
    const bytes = Buffer.alloc(rows * shape.rowBytes)
    const started = performance.now()
    while (performance.now() - started < LONGEST_START_MS) {
      // Looking at all of it would take a quarter of a core from what is starting.
      readRows(bytes)
      if (isThere({ bytes })) return
      await sleep(15)
    }
    throw new Error('a window did not show its first page within a minute')
  }

  return {
    display,
    press: (key) => keyboard.press(KEYS[key]),
    click: (x, y) => keyboard.click(x, y),
    movePointer: (x, y) => keyboard.movePointer(x, y),
    timeUntilStill: (act) => untilStill(act, STILL_MS, LONGEST_MS),
    untilQuiet: async (ms) => void (await untilStill(() => {}, ms, ms)),
    until,
    close: async () => {
      keyboard.close()
      closeSync(file)
      await endProcess(server)
    },
  }
}

const tied = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of tied) child.kill('SIGKILL')
})

/** A process that does not outlive this one, however this one ends. */
export function spawnTied(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(command, args, { env, stdio: 'ignore' })
  tied.add(child)
  child.once('exit', () => tied.delete(child))
  return child
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(forced)
}

/** XWD: a header of 32-bit numbers, the colours of 12 bytes each, then the rows. */
function readShape(file: number) {
  const header = Buffer.alloc(100)
  readSync(file, header, 0, 100, 0)
  const field = (index: number) => header.readUInt32BE(index * 4)
  return { width: field(4), height: field(5), rowBytes: field(12), offset: field(0) + field(19) * 12 }
}

type Keyboard = {
  readonly press: (codes: readonly number[]) => void
  readonly click: (x: number, y: number) => void
  readonly movePointer: (x: number, y: number) => void
  readonly close: () => void
}

const FAKE = { keyDown: 2, keyUp: 3, buttonDown: 4, buttonUp: 5, motion: 6 } as const

/** The few bytes of the X11 protocol that a keyboard needs: connection, QueryExtension, XTEST's FakeInput. */
async function connectKeyboard(socketFile: string): Promise<Keyboard> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(socketFile, () => resolve(opened))
    opened.once('error', reject)
  })
  socket.setNoDelay(true)
  const hello = Buffer.alloc(12)
  hello.write('l', 0)
  hello.writeUInt16LE(11, 2)
  const welcome = await ask(socket, hello, (head) => 8 + 4 * head.readUInt16LE(6))
  if (welcome[0] !== 1) throw new Error('Xvfb refused a connection')
  const query = Buffer.alloc(16)
  query[0] = 98
  query.writeUInt16LE(4, 2)
  query.writeUInt16LE(5, 4)
  query.write('XTEST', 8)
  const found = await ask(socket, query, () => 32)
  const opcode = found[9]!
  if (found[8] !== 1) throw new Error('this Xvfb has no XTEST')
  // Answers are not waited for any more, nor left to pile up.
  socket.resume()

  function fake(type: number, detail: number, x = 0, y = 0): Buffer {
    const request = Buffer.alloc(36)
    request[0] = opcode
    request[1] = 2
    request.writeUInt16LE(9, 2)
    request[4] = type
    request[5] = detail
    request.writeInt16LE(x, 24)
    request.writeInt16LE(y, 26)
    return request
  }

  return {
    press: (codes) => {
      const down = codes.map((code) => fake(FAKE.keyDown, code))
      const up = codes.toReversed().map((code) => fake(FAKE.keyUp, code))
      socket.write(Buffer.concat([...down, ...up]))
    },
    click: (x, y) =>
      socket.write(
        Buffer.concat([fake(FAKE.motion, 0, x, y), fake(FAKE.buttonDown, 1), fake(FAKE.buttonUp, 1)]),
      ),
    movePointer: (x, y) => socket.write(fake(FAKE.motion, 0, x, y)),
    close: () => socket.destroy(),
  }
}

/** Sends a request and gathers its answer, whose length is said in its first 8 bytes. */
function ask(socket: Socket, request: Buffer, lengthOf: (head: Buffer) => number): Promise<Buffer> {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0)
    socket.on('data', function gather(part: Buffer) {
      answer = Buffer.concat([answer, part])
      if (answer.length < 8 || answer.length < lengthOf(answer)) return
      socket.off('data', gather)
      resolve(answer)
    })
    socket.write(request)
  })
}

function firstFreeDisplay(): number {
  for (let number = 90; number < 200; number += 1) {
    if (!existsSync(`/tmp/.X11-unix/X${number}`) && !existsSync(`/tmp/.X${number}-lock`)) return number
  }
  throw new Error('no display is free for Xvfb')
}

async function waitFor(isTrue: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (isTrue()) return
    await sleep(50)
  }
  throw new Error(otherwise)
}
