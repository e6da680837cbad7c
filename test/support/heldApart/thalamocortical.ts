/**
 * Spike-and-wave as a neural mass makes it, not as it is drawn: cortical pyramidal cells and interneurons, thalamic relay
 * cells and reticular nucleus, after Taylor and Baier 2011 (doi:10.1007/s10827-011-0332-1) with the parameters of Taylor
 * et al. 2014. Their bistable model discharges by itself some three times a second; time is stretched for the rate.
 */
import type { Chance } from './chance.ts'

const STEP = 0.0005
/** Of the model in its own time, Hz. */
const OWN_RATE = 2.96

const steep = (u: number) => 1 / (1 + 250_000 ** -u)
const linear = (u: number) => 2.8 * u + 0.5

/**
 * Peak to peak about 1, `length` samples at `rate` a second, repeating `first` times a second at the beginning and `last`
 * at the end.
 */
export function neuralMassRun(
  { rate, length, first, last }: { rate: number; length: number; first: number; last: number },
  chance: Chance,
): Float64Array {
  let [py, int, tc, re] = [0.1, 0.1, 0.1, 0.1]
  const input = -0.35
  const advance = (seconds: number) => {
    for (let left = seconds; left > 0; left -= STEP) {
      const h = Math.min(STEP, left)
      const noise = 0.002 * Math.sqrt(1 / h) * chance.normal()
      const dpy = 26 * (input - py + 1.8 * steep(py) - 1.5 * steep(int) + steep(tc)) + noise
      const dint = 32.5 * (-3.4 - int + 4 * steep(py))
      const dtc = 2.6 * (-2 - tc + 3 * steep(py) - 0.6 * linear(re))
      const dre = 2.6 * (-5 - re + 3 * steep(py) + 10.5 * linear(tc) - 0.2 * linear(re))
      py += h * dpy
      int += h * dint
      tc += h * dtc
      re += h * dre
    }
  }
  advance(6 + chance.uniform())
  const wave = new Float64Array(length)
  for (let k = 0; k < length; k++) {
    wave[k] = (py + int) / 2
    advance((first + ((last - first) * k) / length) / OWN_RATE / rate)
  }
  const low = Math.min(...wave)
  const high = Math.max(...wave)
  return wave.map((value) => (value - (low + high) / 2) / (high - low))
}

/**
 * Slowing without spikes: a resonator driven by noise, so that its rate and height wander; with its second harmonic, as
 * notched slowing has one. Peak to peak about 1.
 */
export function resonatorRun(
  { rate, length, hertz, width, notch }: Record<'rate' | 'length' | 'hertz' | 'width' | 'notch', number>,
  chance: Chance,
): Float64Array {
  const gain = 1 - Math.exp((-2 * Math.PI * width) / rate)
  let real = 1
  let imaginary = 0
  const start = chance.uniform()
  const wave = Float64Array.from({ length }, (_, k) => {
    real += gain * (1 - real) + Math.sqrt(gain) * 0.5 * chance.normal()
    imaginary += -gain * imaginary + Math.sqrt(gain) * 0.5 * chance.normal()
    const phase = 2 * Math.PI * (start + (hertz * k) / rate) + Math.atan2(imaginary, real)
    return Math.hypot(real, imaginary) * (Math.cos(phase) + notch * Math.cos(2 * phase + 0.8))
  })
  let power = 0
  for (const value of wave) power += (value * value) / length
  return wave.map((value) => value / Math.sqrt(8 * power))
}
