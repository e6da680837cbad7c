/** `mixed-teaching.edf`: both events and what is mistaken for them, one lesson after the other. */
import { addLidFlutter, addLids, addOpenEyes } from './eyes.ts'
import { putHypnicJerk, putPolyspikeJerk } from './jerks.ts'
import {
  addHyperventilationWaves,
  putArousal,
  putElectrodePops,
  putHypersynchrony,
  putHyperventilationSlowing,
  putJawClench,
  putLegMovement,
  putOirda,
  putRudimentarySpikeWave,
  putVertexTrain,
} from './mimics.ts'
import { addMotorUnit } from './muscle.ts'
import { emptyScene, note, type Scene } from './scene.ts'
import { addKComplex, addPost, addSpindle, addVertexWave } from './sleep.ts'
import { putPhantom, putSpikeWave } from './spikeWaveEvents.ts'
import { COMPOSITE } from './subjects.ts'

export function mixedTeaching(): Scene {
  const scene = emptyScene('mixed-teaching', COMPOSITE, 280, {
    alpha: [
      [3.2, 1.4],
      [4.1, 16],
      [16.9, 15],
      [17.4, 1.4],
      [24.6, 1.4],
      [25.5, 16],
      [44, 14],
      [60, 10],
      [92, 10],
      [108, 15],
      [122, 14],
      [131, 9],
      [137, 3],
      [160, 2.2],
      [246, 1.2],
      [249, 2],
      [251, 14],
      [280, 15],
    ],
    theta: [
      [0, 2.8],
      [36, 3],
      [70, 4.6],
      [98, 4.4],
      [110, 3],
      [126, 3.2],
      [140, 6.8],
      [240, 7.2],
      [247, 7],
      [252, 3],
      [280, 2.8],
    ],
    delta: [
      [0, 2.2],
      [36, 2.4],
      [60, 5.5],
      [96, 6],
      [110, 2.6],
      [130, 2.8],
      [150, 4.8],
      [215, 7],
      [245, 8],
      [250, 3],
      [280, 2.4],
    ],
    beta: [
      [0, 2.5],
      [130, 2.4],
      [145, 2],
      [245, 1.8],
      [252, 2.6],
      [280, 2.5],
    ],
    tone: [
      [0, 1],
      [34, 1],
      [40, 1.2],
      [96, 1.2],
      [104, 0.95],
      [128, 0.7],
      [145, 0.4],
      [240, 0.18],
      [247, 0.2],
      [249, 1.3],
      [262, 1],
      [280, 1],
    ],
    slowEyes: [
      [118, 4],
      [130, 40],
      [140, 95],
      [205, 74],
      [222, 23],
      [240, 4],
    ],
    heart: [
      [0, 70],
      [36, 70],
      [70, 74],
      [98, 74],
      [116, 68],
      [150, 64],
      [244, 60],
      [252, 70],
      [280, 70],
    ],
  })
  note(scene, 0, 'Eyes open')
  note(scene, 3, 'Eyes closed')
  note(scene, 17, 'Eyes open')
  note(scene, 24.4, 'Eyes closed')
  note(scene, 36, 'Hyperventilation start')
  note(scene, 96, 'Hyperventilation end')
  note(scene, 118.5, 'Lights off')
  note(scene, 249.5, 'Patient awake')
  addOpenEyes(scene, 0, 3, 0.9)
  addLids(scene, 3, 'close')
  addLids(scene, 16.9, 'open')
  addOpenEyes(scene, 16.9, 24.4, 1.1)
  addLids(scene, 24.4, 'close')
  addLidFlutter(scene, { at: 25.2, seconds: 2.6, microvolts: 52 })

  putOirda(scene, { at: 13.6, seconds: 3.6, hertz: [3.1, 2.8], microvolts: 125 })
  putJawClench(scene, {
    at: 28.3,
    bites: [
      [0, 1.1],
      [1.5, 0.7],
      [2.5, 1.2],
    ],
    microvolts: 34,
  })
  putHyperventilationSlowing(scene, { at: 47.5, seconds: 9.5, hertz: [3.7, 3.1], microvolts: 190 })
  putSpikeWave(scene, {
    at: 62.3,
    seconds: 5.9,
    hertz: [3.4, 2.9],
    microvolts: 400,
    state: 'hyperventilation',
  })
  addHyperventilationWaves(scene, { at: 71, seconds: 7, hertz: [3.4, 3], microvolts: 140 })
  putSpikeWave(scene, {
    at: 80.6,
    seconds: 2.3,
    hertz: [3.3, 3.1],
    microvolts: 320,
    state: 'hyperventilation',
  })
  putSpikeWave(scene, {
    at: 88.4,
    seconds: 4.6,
    hertz: [3.3, 2.8],
    microvolts: 450,
    state: 'hyperventilation',
  })
  putElectrodePops(scene, {
    lead: 'P8',
    at: 107.3,
    pops: [
      [0, 160],
      [1.32, 95],
      [2.05, 210],
      [3.7, 130],
      [4.52, 175],
    ],
  })
  putPhantom(scene, { at: 128.6, seconds: 1.35, hertz: 6, microvolts: 62 })
  putHypersynchrony(scene, { at: 143.2, seconds: 4.4, hertz: [4.3, 3.8], microvolts: 240 })
  putHypnicJerk(scene, {
    at: 155.6,
    bursts: [
      { lead: 'Neck', delay: 0, length: 180, microvolts: 91 },
      { lead: 'RAT', delay: 18, length: 200, microvolts: 119 },
      { lead: 'LAT', delay: 27, length: 160, microvolts: 93 },
    ],
    response: 'vertex wave',
    awake: 4,
    movement: 155,
    beats: 12,
  })
  putVertexTrain(scene, { at: 167.4, waves: 5, microvolts: 92 })
  putHypnicJerk(scene, {
    at: 180.7,
    bursts: [
      { lead: 'LAT', delay: 0, length: 120, microvolts: 124 },
      { lead: 'Neck', delay: 42, length: 85, microvolts: 57 },
    ],
    response: 'K-complex',
    awake: 3,
    movement: 165,
    beats: 9,
  })
  putLegMovement(scene, { at: 190.8, seconds: 1.4, side: 'RAT', microvolts: 58 })
  putRudimentarySpikeWave(scene, { at: 198.2, seconds: 2.6, hertz: [3.7, 3.4], microvolts: 200 })
  putSpikeWave(scene, { at: 206.5, seconds: 1.3, hertz: [3.3, 3.1], microvolts: 250, state: 'drowsy' })
  putHypnicJerk(scene, {
    at: 216.4,
    bursts: [
      { lead: 'Neck', delay: 0, length: 215, microvolts: 114 },
      { lead: 'Chin', delay: 7, length: 170, microvolts: 39 },
      { lead: 'LAT', delay: 25, length: 230, microvolts: 124 },
      { lead: 'RAT', delay: 31, length: 205, microvolts: 109 },
    ],
    response: 'arousal',
    awake: 6,
    movement: 220,
    beats: 15,
  })
  putLegMovement(scene, { at: 236.1, seconds: 1.1, side: 'LAT', microvolts: 66 })
  putArousal(scene, { at: 244.6, seconds: 3.6 })
  putPolyspikeJerk(scene, { at: 258.3, spikes: 4, burst: 42, microvolts: 210 })
  putPolyspikeJerk(scene, { at: 265.1, spikes: 3, burst: 38, microvolts: 180 })

  for (const [at, microvolts] of [
    [152.3, 58],
    [163.8, 80],
    [186.9, 84],
    [195.6, 76],
    [203.9, 88],
    [211.6, 94],
    [226.3, 85],
  ] as const) {
    addVertexWave(scene, at, microvolts)
  }
  for (const at of [165.2, 188.4, 204.8, 229.6]) addPost(scene, at, 36)
  for (const [at, microvolts] of [
    [231.3, 128],
    [240.2, 140],
  ] as const)
    addKComplex(scene, at, microvolts)
  for (const [at, microvolts] of [
    [228.2, 22],
    [232.4, 32],
    [234.6, 24],
    [241.3, 34],
  ] as const)
    addSpindle(scene, at, microvolts)
  addMotorUnit(scene, { lead: 'T8', at: 8.4, seconds: 3.2, hertz: 10, microvolts: 14 })
  addMotorUnit(scene, { lead: 'F8', at: 112.6, seconds: 4, hertz: 8, microvolts: 12 })
  return scene
}
