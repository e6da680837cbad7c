/** A reader's work by keyboard alone, the same behind every door. */
import type { Page } from 'playwright-core'

/** One page on, 0.5 s to 1.5 s from its cursor's start: a hypnic jerk. */
export async function markJerkByKeyboard(page: Page): Promise<void> {
  await press(page, 'PageDown')
  await press(page, 'Shift+ArrowRight', 5)
  await press(page, '[')
  await press(page, 'Shift+ArrowRight', 10)
  await press(page, ']')
  await press(page, '1')
}

/** Names in the list of marks, in its order. */
export function markNames(page: Page): Promise<readonly string[]> {
  return page.locator('.row-name').allTextContents()
}

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await page.keyboard.press(key)
}
