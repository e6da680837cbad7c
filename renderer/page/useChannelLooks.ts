/** How channels are drawn now, as the controls show it. */

import type { Derivation } from '../../shared/montage/derivation.ts'
import { kindGain, type LineLook, planLook } from '../../shared/signal/channelLook.ts'
import type { GainKind } from '../../shared/signal/gains.ts'
import { usePane } from './usePane.ts'

/** Both by the sensitivity of the EEG, the reader's gains and the R wave of the recording. */
export function useChannelLooks(): {
  readonly lookNow: (line: Derivation) => LineLook
  /** uV/mm; null is the EEG's. */
  readonly kindGainNow: (kind: GainKind | null) => number
} {
  const looks = usePane((pane) => pane.looks)
  const sensitivity = usePane((pane) => pane.view.sensitivity)
  const rWave = usePane((pane) => pane.rWave)
  const context = { sensitivity, rWave }
  return {
    lookNow: (line) => planLook(line, looks, context),
    kindGainNow: (kind) => (kind === null ? sensitivity : kindGain(kind, looks, context)),
  }
}
