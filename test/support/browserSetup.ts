/** Before the end-to-end tests: a browser is found or fetched once, outside any test's time limit. */
import { findOrGetChromium } from './chromium.ts'

export default function setup(): void {
  findOrGetChromium()
}
