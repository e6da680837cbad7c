/** `hypnic-jerks.edf`: falling asleep, six hypnic jerks, into light N2. */
import { addLidFlutter, addLids, addOpenEyes } from './eyes.ts'
import { putHypnicJerk } from './jerks.ts'
import { putArousal, putLegMovement } from './mimics.ts'
import { emptyScene, note, type Scene } from './scene.ts'
import { addKComplex, addPost, addSpindle, addVertexWave } from './sleep.ts'
import { ADULT } from './subjects.ts'

export function hypnicJerks(): Scene {
  const scene = emptyScene('hypnic-jerks', ADULT, 280, {
    alpha: [
      [3.1, 1.5],
      [4, 15],
      [22, 14],
      [22.6, 1.5],
      [28.2, 1.5],
      [29.1, 16],
      [44, 14],
      [50, 9],
      [55, 3.2],
      [70, 2.6],
      [90, 2],
      [140, 1.5],
      [280, 1.2],
    ],
    theta: [
      [0, 2.6],
      [40, 2.6],
      [58, 6.5],
      [110, 7.5],
      [220, 7.5],
      [280, 7],
    ],
    delta: [
      [0, 2.2],
      [50, 2.4],
      [70, 4.5],
      [200, 6.5],
      [280, 9],
    ],
    beta: [
      [0, 4.2],
      [45, 4.1],
      [60, 3.6],
      [110, 2.6],
      [280, 2],
    ],
    tone: [
      [0, 1],
      [38, 0.85],
      [60, 0.45],
      [140, 0.3],
      [280, 0.16],
    ],
    slowEyes: [
      [36, 4],
      [46, 57],
      [60, 105],
      [150, 78],
      [215, 34],
      [235, 5],
    ],
    heart: [
      [0, 70],
      [40, 68],
      [120, 63],
      [280, 60],
    ],
  })
  note(scene, 0, 'Eyes open')
  note(scene, 2.9, 'Eyes closed')
  note(scene, 22.2, 'Eyes open')
  note(scene, 28, 'Eyes closed')
  note(scene, 36.5, 'Lights off')
  addOpenEyes(scene, 0, 2.9, 1.1)
  addLids(scene, 2.9, 'close')
  addLids(scene, 22.1, 'open')
  addOpenEyes(scene, 22.1, 28, 0.9)
  addLids(scene, 28, 'close')
  addLidFlutter(scene, { at: 29.4, seconds: 3.4, microvolts: 44 })

  putHypnicJerk(scene, {
    at: 68.4,
    bursts: [
      { lead: 'Neck', delay: 0, length: 170, microvolts: 85 },
      { lead: 'LAT', delay: 24, length: 150, microvolts: 98 },
      { lead: 'RAT', delay: 16, length: 185, microvolts: 111 },
    ],
    response: 'vertex wave',
    awake: 4.2,
    movement: 180,
    beats: 12,
  })
  putHypnicJerk(scene, {
    at: 103.2,
    bursts: [
      { lead: 'LAT', delay: 0, length: 130, microvolts: 135 },
      { lead: 'Neck', delay: 58, length: 93, microvolts: 62 },
    ],
    response: 'vertex wave',
    awake: 1.8,
    movement: 165,
    beats: 8,
  })
  putHypnicJerk(scene, {
    at: 134.7,
    bursts: [
      { lead: 'Neck', delay: 0, length: 115, microvolts: 109 },
      { lead: 'RAT', delay: 12, length: 110, microvolts: 85 },
      { lead: 'LAT', delay: 19, length: 105, microvolts: 80 },
      { lead: 'Chin', delay: 8, length: 100, microvolts: 34 },
    ],
    response: 'K-complex',
    awake: 3.2,
    movement: 180,
    beats: 11,
  })
  putHypnicJerk(scene, {
    at: 171.5,
    bursts: [
      { lead: 'Neck', delay: 0, length: 235, microvolts: 119 },
      { lead: 'Chin', delay: 6, length: 190, microvolts: 60 },
      { lead: 'RAT', delay: 28, length: 220, microvolts: 140 },
      { lead: 'LAT', delay: 21, length: 240, microvolts: 130 },
    ],
    response: 'arousal',
    awake: 7.5,
    movement: 240,
    beats: 16,
  })
  putHypnicJerk(scene, {
    at: 222.9,
    bursts: [
      { lead: 'RAT', delay: 0, length: 140, microvolts: 91 },
      { lead: 'LAT', delay: 9, length: 125, microvolts: 106 },
      { lead: 'Neck', delay: 14, length: 115, microvolts: 58 },
    ],
    response: 'vertex wave',
    awake: 1.6,
    movement: 150,
    beats: 7,
  })
  putHypnicJerk(scene, {
    at: 266.3,
    bursts: [
      { lead: 'Neck', delay: 0, length: 150, microvolts: 93 },
      { lead: 'RAT', delay: 26, length: 120, microvolts: 72 },
      { lead: 'LAT', delay: 30, length: 140, microvolts: 83 },
    ],
    response: 'K-complex',
    awake: 4.5,
    movement: 175,
    beats: 12,
  })
  putLegMovement(scene, { at: 197.2, seconds: 1.3, side: 'RAT', microvolts: 62 })
  putArousal(scene, { at: 246.4, seconds: 4.1 })

  const vertex = [
    [86.3, 62],
    [94.8, 78],
    [115.4, 85],
    [121.7, 70],
    [128.1, 92],
    [147.2, 88],
    [152.9, 74],
    [158.6, 96],
    [159.9, 64],
    [188.3, 82],
    [193.6, 90],
    [205.4, 76],
    [211.7, 98],
    [216.2, 72],
  ] as const
  for (const [at, microvolts] of vertex) addVertexWave(scene, at, microvolts)
  for (const at of [118.6, 155.1, 207.3, 208.1, 232.4, 254.6]) addPost(scene, at, 38)
  for (const [at, microvolts] of [
    [229.4, 118],
    [237.8, 142],
    [258.2, 135],
  ] as const)
    addKComplex(scene, at, microvolts)
  for (const [at, microvolts] of [
    [226.6, 20],
    [230.5, 30],
    [234.9, 26],
    [239.1, 34],
    [242.7, 24],
    [256.1, 28],
    [259.4, 36],
    [263.2, 26],
    [277.3, 22],
  ] as const) {
    addSpindle(scene, at, microvolts)
  }
  return scene
}
