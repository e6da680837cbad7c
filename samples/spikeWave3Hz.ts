/** `spike-wave-3hz.edf`: awake, hyperventilation, typical runs with bursts and fragments between them. */
import { addLidFlutter, addLids, addOpenEyes } from './eyes.ts'
import { addHyperventilationWaves, putHyperventilationSlowing } from './mimics.ts'
import { addMotorUnit } from './muscle.ts'
import { emptyScene, note, type Scene } from './scene.ts'
import { putSpikeWave } from './spikeWaveEvents.ts'
import { CHILD } from './subjects.ts'

export function spikeWave3Hz(): Scene {
  const scene = emptyScene('spike-wave-3hz', CHILD, 280, {
    alpha: [
      [3.2, 1.4],
      [4.1, 17],
      [19.4, 16],
      [20, 1.5],
      [25.4, 1.5],
      [26.3, 18],
      [40, 15],
      [70, 11],
      [180, 10],
      [215, 15],
      [238.6, 16],
      [239.2, 1.5],
      [244.3, 1.5],
      [245.2, 17],
      [280, 16],
    ],
    theta: [
      [0, 4.6],
      [45, 4.8],
      [90, 6],
      [190, 6.4],
      [215, 5],
      [280, 4.6],
    ],
    delta: [
      [0, 2.6],
      [45, 2.8],
      [80, 6],
      [120, 8.5],
      [190, 8],
      [215, 3.4],
      [280, 2.6],
    ],
    beta: [
      [0, 2.4],
      [280, 2.4],
    ],
    tone: [
      [0, 1],
      [36, 1],
      [42, 1.25],
      [190, 1.3],
      [200, 1],
      [280, 0.9],
    ],
    slowEyes: [
      [0, 4],
      [280, 5],
    ],
    heart: [
      [0, 71],
      [40, 71],
      [90, 75],
      [190, 75],
      [220, 69],
      [280, 67],
    ],
  })
  note(scene, 0, 'Eyes open')
  note(scene, 3, 'Eyes closed')
  note(scene, 19.6, 'Eyes open')
  note(scene, 25.2, 'Eyes closed')
  note(scene, 40, 'Hyperventilation start')
  note(scene, 196, 'Hyperventilation end')
  note(scene, 238.8, 'Eyes open')
  note(scene, 244, 'Eyes closed')
  addOpenEyes(scene, 0, 3, 0.9)
  addLids(scene, 3, 'close')
  addLids(scene, 19.5, 'open')
  addOpenEyes(scene, 19.5, 25.2, 0.7)
  addLids(scene, 25.2, 'close')
  addLidFlutter(scene, { at: 26.4, seconds: 3.2, microvolts: 60 })
  addLids(scene, 238.7, 'open')
  addOpenEyes(scene, 238.7, 244, 0.8)
  addLids(scene, 244, 'close')

  const state = 'hyperventilation'
  putSpikeWave(scene, { at: 33.2, seconds: 1.5, hertz: [3.3, 3.1], microvolts: 240, state: 'awake' })
  addHyperventilationWaves(scene, { at: 50, seconds: 9, hertz: [4.2, 3.8], microvolts: 95 })
  putSpikeWave(scene, { at: 66.4, seconds: 8.6, hertz: [3.4, 2.8], microvolts: 420, state })
  putHyperventilationSlowing(scene, { at: 84, seconds: 10, hertz: [3.6, 3], microvolts: 200 })
  putSpikeWave(scene, { at: 101.5, seconds: 5.2, hertz: [3.3, 2.9], microvolts: 380, state })
  addHyperventilationWaves(scene, { at: 111, seconds: 8, hertz: [3.6, 3.2], microvolts: 150 })
  putSpikeWave(scene, { at: 122.8, seconds: 2.4, hertz: [3.3, 3.1], microvolts: 330, state })
  putSpikeWave(scene, { at: 137.7, seconds: 12.4, hertz: [3.5, 2.6], microvolts: 480, state })
  addHyperventilationWaves(scene, { at: 156, seconds: 9, hertz: [3.3, 2.8], microvolts: 170 })
  putSpikeWave(scene, { at: 169.3, seconds: 0.95, hertz: [3.3, 3.2], microvolts: 260, state })
  putSpikeWave(scene, { at: 178.9, seconds: 6.3, hertz: [3.4, 2.9], microvolts: 450, state })
  putSpikeWave(scene, {
    at: 207.6,
    seconds: 4.1,
    hertz: [3.4, 2.7],
    microvolts: 350,
    state: 'awake, after hyperventilation',
  })
  putSpikeWave(scene, { at: 226.1, seconds: 1.2, hertz: [3.2, 3.1], microvolts: 210, state: 'awake' })
  putSpikeWave(scene, { at: 253.4, seconds: 4.7, hertz: [3.3, 2.8], microvolts: 400, state: 'awake' })
  putSpikeWave(scene, { at: 270.8, seconds: 1.7, hertz: [3.4, 3.2], microvolts: 290, state: 'awake' })
  addMotorUnit(scene, { lead: 'T8', at: 12.3, seconds: 4.4, hertz: 9, microvolts: 15 })
  addMotorUnit(scene, { lead: 'F7', at: 232, seconds: 3.1, hertz: 11, microvolts: 13 })
  return scene
}
