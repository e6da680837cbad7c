/** Every screen, light and dark, large and small: nothing serious for axe, nothing cut off, all of it by Tab. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { sample } from '../support/app.ts'
import { cutOff, keepPicture, seriousProblems, walkFocus } from '../support/looks.ts'
import { drag, expectPage, menuCommand, press, settle } from '../support/reader.ts'
import { openSession, openTeachingSample, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

type Screen = {
  readonly name: string
  readonly open: (page: Page) => Promise<void>
  readonly leave?: (page: Page) => Promise<void>
}

const closeDialog = (page: Page) => press(page, 'Escape')

function dialog(name: string, group: string, command: string, title: RegExp): Screen {
  return {
    name,
    open: async (page) => {
      await menuCommand(page, group, command)
      await page.getByRole('dialog', { name: title }).waitFor()
    },
    leave: closeDialog,
  }
}

const tab = (name: string): Screen => ({
  name: `${name.toLowerCase()} beside the page`,
  open: (page) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click(),
})

/** In the order that they are gone through in one session. */
const SCREENS: readonly Screen[] = [
  { name: 'first page', open: async () => {} },
  {
    name: 'marks of each kind',
    open: async (page) => {
      await page.getByRole('button', { name: 'Understood' }).click()
      for (const [index, key] of ['1', '2', '0'].entries()) {
        await drag(page, 1 + 3 * index, 2.5 + 3 * index)
        await press(page, key)
      }
    },
  },
  {
    name: 'choice of a mimic',
    open: async (page) => {
      await press(page, 'Escape')
      await drag(page, 9, 9.7)
      await press(page, '3')
      await page.getByRole('dialog', { name: 'Which mimic?' }).waitFor()
    },
    leave: (page) => press(page, 'd'),
  },
  {
    name: 'channels of a mark',
    open: async (page) => {
      await page.getByRole('button', { name: /^Channels:/ }).click()
      await page.getByText('Channels of this mark').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'search of the notes',
    open: async (page) => {
      await press(page, 'Control+f')
      await page.keyboard.type('eyes')
      await page.getByText(/^\d+ of \d+$/).waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'values at the cursor',
    open: async (page) => {
      await page.locator('.page').focus()
      await press(page, 'x')
      await page.getByRole('status', { name: 'Values at the cursor' }).locator('span').first().waitFor()
    },
    leave: (page) => press(page, 'x'),
  },
  tab('Compare'),
  tab('Notes'),
  tab('Details'),
  {
    name: 'evidence on a mark',
    open: async (page) => {
      await page.getByRole('tab', { name: /^Marks/ }).click()
      await page.getByRole('listbox', { name: 'Marks' }).getByRole('option').first().click()
      await page.getByRole('tab', { name: 'Evidence' }).click()
      for (const name of [/^Spike-and-wave/, /^Jerk/, /^State/]) {
        const heading = page.getByRole('heading', { level: 4, name }).getByRole('button')
        if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click()
      }
      await page
        .getByRole('button', { name: /^More on/ })
        .first()
        .click()
      await page
        .getByRole('button', { name: /^Pin to the mark/ })
        .first()
        .click()
    },
  },
  tab('Reference'),
  tab('Lesson'),
  {
    name: 'a case of a lesson',
    open: async (page) => {
      await page.getByRole('tab', { name: /^Marks/ }).click()
      await page.getByRole('listbox', { name: 'Marks' }).getByRole('option').first().click()
      await press(page, 'Shift+A')
      await page.getByRole('button', { name: 'Show it' }).click()
      await page.getByText('About this lesson').click()
      await page.getByText('1 case, saved').waitFor()
    },
    leave: (page) => page.getByText('About this lesson').click(),
  },
  {
    name: 'candidates',
    open: async (page) => {
      await menuCommand(page, 'Mark', 'Find candidates')
      await page.getByRole('button', { name: 'Begin with the first' }).click()
      await page.getByRole('button', { name: /^Mark it/ }).waitFor()
    },
    leave: (page) => page.getByRole('button', { name: 'Back to the marks' }).click(),
  },
  {
    name: 'menu',
    open: async (page) => {
      await page.getByRole('button', { name: /^Hypnospike/ }).click()
      await page.getByRole('menuitem', { name: 'View', exact: true }).click()
      await page.getByRole('menuitem', { name: /^Side panel/ }).waitFor()
    },
    leave: async (page) => {
      await press(page, 'Escape')
      await press(page, 'Escape')
      await page.getByRole('menu').first().waitFor({ state: 'detached' })
    },
  },
  {
    name: 'choice of a montage',
    open: async (page) => {
      await page.locator('[role="toolbar"] [aria-label^="Montage: "]').click()
      await page.getByRole('listbox').getByRole('option').first().waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'one channel',
    open: async (page) => {
      await page.getByRole('button', { name: 'Channel ECG', exact: true }).click()
      await page.getByText('All channels…').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'filters by kind, causal',
    open: async (page) => {
      await page.getByRole('button', { name: /^Filters by kind/ }).click()
      await page.getByRole('button', { name: 'Causal', exact: true }).click()
    },
    leave: async (page) => {
      await page.getByRole('button', { name: 'As at first', exact: true }).click()
      await closeDialog(page)
    },
  },
  dialog('channels', 'View', 'Channels…', /Channels/),
  dialog('own montages, none yet', 'View', 'Your own montages…', /Your own montages/),
  {
    name: 'a new montage',
    open: async (page) => {
      await menuCommand(page, 'View', 'Your own montages…')
      await page.getByRole('button', { name: 'New montage' }).click()
      await page.getByRole('dialog', { name: 'New montage' }).waitFor()
    },
    leave: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('dialog', { name: 'Your own montages' }).waitFor()
      await closeDialog(page)
    },
  },
  dialog('own montages', 'View', 'Your own montages…', /Your own montages/),
  dialog('keys', 'Help', 'Keys', /Keys/),
  dialog('about', 'Help', 'About Hypnospike', /About/),
  dialog('open', 'File', 'Open…', /Open/),
  {
    ...dialog('figure', 'File', 'Figure…', /Figure/),
    open: async (page) => {
      await menuCommand(page, 'File', 'Figure…')
      await page.getByRole('dialog', { name: 'Figure' }).getByRole('img').waitFor()
    },
  },
  {
    ...dialog('clip', 'File', 'Export clip…', /Export a clip/),
    open: async (page) => {
      await menuCommand(page, 'File', 'Export clip…')
      await page.getByRole('dialog', { name: 'Export a clip' }).getByText('Patient identification').waitFor()
    },
  },
  dialog('save as', 'File', 'Save set as…', /Save set as/),
  dialog('sets', 'File', 'Open set…', /Sets/),
  dialog('check', 'Recording', 'Check file', /Check of/),
  dialog('reviewer', 'Mark', 'Reviewer…', /Reviewer/),
  dialog('calibrate', 'View', 'Calibrate the screen…', /Calibrate/),
  dialog('unsaved', 'File', 'Close recording', /Save your marks/),
]

const SIZES = [
  { width: 1600, height: 900 },
  { width: 1280, height: 720 },
] as const
/** Below this axe has nothing new to say, but there is less room. */
const SMALLEST = { width: 1024, height: 700 }

describe('every screen', () => {
  it('has nothing serious for axe and nothing cut off, light and dark, large and small', {
    // Some three hundred looks of axe: on a machine that does something else they take their time.
    timeout: 900_000,
  }, async () => {
    const { page } = await openTeachingSample(chromium(), { viewport: SIZES[0] })
    const found: string[] = []
    for (const screen of SCREENS) {
      await screen.open(page)
      const picture = (kind: string) => keepPicture(page, `${screen.name.replaceAll(' ', '-')}-${kind}`)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await settle(page)
          const kind = `${colorScheme}-${size.width}`
          for (const problem of await seriousProblems(page)) found.push(`${screen.name}, ${kind}: ${problem}`)
          await picture(kind)
        }
        for (const problem of await cutOff(page)) found.push(`${screen.name}, ${size.width}: ${problem}`)
      }
      await page.setViewportSize(SMALLEST)
      await settle(page)
      for (const problem of await cutOff(page)) found.push(`${screen.name}, ${SMALLEST.width}: ${problem}`)
      await picture(`dark-${SMALLEST.width}`)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(SIZES[0])
      await screen.leave?.(page)
    }
    expect(found).toEqual([])
  })

  it('leaves room for the page: most of the window’s height is EEG', async () => {
    const { page } = await openTeachingSample(chromium(), { viewport: SIZES[1] })
    await page.getByRole('button', { name: 'Understood' }).click()
    const canvas = (await page.locator('.page-canvas').boundingBox())!
    expect(canvas.height).toBeGreaterThan(0.6 * SIZES[1].height)
    expect(canvas.width).toBeGreaterThan(0.6 * SIZES[1].width)
  })
})

it('turns light and dark with the system at once, traces and grid too', async () => {
  const { page } = await openTeachingSample(chromium(), { colorScheme: 'light' })
  for (const colorScheme of ['dark', 'light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    await expect.poll(theme).toBe(colorScheme)
    await expect.poll(async () => hasColour(await traceColours(page), await token(page, '--left'))).toBe(true)
    const lines = page.locator('.page-figure .xgrid')
    const strokes = () => lines.evaluateAll((all) => all.map((line) => getComputedStyle(line).stroke))
    const expected = new Set([await token(page, '--grid-1s'), await token(page, '--grid-02s')])
    await expect.poll(async () => new Set(await strokes())).toEqual(expected)
  }
  await menuCommand(page, 'View', 'Light theme')
  await page.locator('[data-theme="light"]').waitFor()
  await expect.poll(async () => hasColour(await traceColours(page), await token(page, '--left'))).toBe(true)
})

it('keeps the picked mark of the list in view when its facts take room below', async () => {
  const { page } = await openTeachingSample(chromium(), { viewport: SIZES[1] })
  for (let at = 0; at < 8; at += 1) {
    await press(page, 'Escape')
    await drag(page, 0.5 + at, 1 + at)
    await press(page, '1')
  }
  for (const key of [',', ',', '.', '.', ',', ',', ',', ',', ',', ',']) {
    await press(page, key)
    await expect
      .poll(() =>
        page.locator('[role="option"][aria-selected="true"]').evaluate((row) => {
          const list = row.closest('[role="listbox"]')!.getBoundingClientRect()
          const box = row.getBoundingClientRect()
          return box.top >= list.top - 1 && box.bottom <= list.bottom + 1
        }),
      )
      .toBe(true)
  }
})

/** A colour of the theme, as browsers write it. */
async function token(page: Page, name: string): Promise<string> {
  return page.evaluate((wanted) => {
    const probe = document.createElement('i')
    probe.style.color = `var(${wanted})`
    document.body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }, name)
}

/** To within the rounding of a line that is not quite opaque. */
function hasColour(colours: readonly string[], wanted: string): boolean {
  const parts = (colour: string) => (colour.match(/\d+/g) ?? []).map(Number)
  const near = parts(wanted)
  return colours.some((colour) => parts(colour).every((part, index) => Math.abs(part - near[index]!) <= 2))
}

/** The colours on the canvas where a line covers a pixel; whether to the last of 255 parts depends on the samples. */
async function traceColours(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.page-canvas')!
    const picture = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
    picture.drawImage(canvas, 0, 0)
    const { data } = picture.getImageData(0, 0, canvas.width, canvas.height)
    const found = new Set<string>()
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3]! >= 250) found.add(`rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`)
    }
    return [...found]
  })
}

describe('Tab', () => {
  it('reaches every control of the main screen and shows where it is', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 2, 3)
    await press(page, '1')
    const walk = await walkFocus(page)
    expect(walk.reached.length).toBeGreaterThan(20)
    expect(walk.missed).toEqual([])
    expect(walk.unseen).toEqual([])
  })

  it('stays in a dialog, and Escape gives the focus back to the page’s keys', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, '?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    // Between the last control and the first stands the dialog's guard.
    const isInside = () =>
      page.evaluate(
        () => document.activeElement?.closest('[role="dialog"], [data-base-ui-focus-guard]') != null,
      )
    await expect.poll(isInside).toBe(true)
    for (let step = 0; step < 10; step += 1) {
      await press(page, 'Tab')
      // Past the last control the dialog takes the focus back a moment later.
      await expect.poll(isInside).toBe(true)
    }
    await press(page, 'Escape')
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
  })

  it('gives a focused button Space, and the page its keys all the same', async () => {
    const { page } = await openTeachingSample(chromium())
    const jerks = page.getByRole('button', { name: /^Hypnic jerk 0/ })
    await jerks.focus()
    await press(page, 'Space')
    expect(await jerks.getAttribute('aria-pressed')).toBe('false')
    await expectPage(page, 0, 10)
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
  })
})

describe('a window without a recording', () => {
  it.each(['light', 'dark'] as const)('says what to do and fits, %s', async (colorScheme) => {
    const { page } = await openSession(chromium(), placeForTest([]), null, {
      viewport: { width: 1024, height: 700 },
      colorScheme,
    })
    await page
      .getByRole('button', { name: /teaching\.edf/ })
      .first()
      .waitFor()
    await settle(page)
    expect(await seriousProblems(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await keepPicture(page, `empty-${colorScheme}-1024`)
    const walk = await walkFocus(page)
    expect(walk.missed).toEqual([])
    expect(walk.unseen).toEqual([])
  })

  it('opens a file that is dropped or chosen, and says why it cannot open another', async () => {
    const { page } = await openSession(chromium(), placeForTest([]), null)
    await page.getByRole('button', { name: 'Open…' }).first().click()
    const chooser = page.locator('input[type="file"]')
    await chooser.setInputFiles({
      name: 'letter.edf',
      mimeType: '',
      buffer: Buffer.from('PK\u0003\u0004 a letter'),
    })
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/EDF/)
    await keepPicture(page, 'refused-light-1600')
    await page.getByRole('button', { name: 'Open…' }).first().click()
    await chooser.setInputFiles(sample('hypnic-jerks.edf'))
    await expectPage(page, 0, 10)
  })
})
