/** The recording that asks most: half an hour of 64 channels of every kind, 512 Hz. */
import { writeLargeFile } from '../support/largeFile.ts'

/** 57 electrodes of the 10-10 system. */
const SITES = `
  Fp1 Fpz Fp2 AF7 AF3 AFz AF4 AF8 F7 F5 F3 F1 Fz F2 F4 F6 F8 FT7 FC5 FC3 FC1 FC2 FC4 FC6 FT8
  T7 C5 C3 C1 Cz C2 C4 C6 T8 TP7 CP5 CP3 CP1 CPz CP2 CP4 CP6 TP8 P7 P5 P3 P1 Pz P2 P4 P6
  P8 PO7 POz PO8 O1 O2`

const LABELS = [
  ...SITES.trim()
    .split(/\s+/)
    .map((site) => `EEG ${site}-Ref`),
  ...['EOG left', 'EOG right', 'EMG Chin', 'EMG Neck', 'EMG LAT', 'EMG RAT', 'ECG'],
]
export const DENSE_CHANNELS = LABELS.length

export async function writeDenseFile(file: string): Promise<void> {
  await writeLargeFile(file, {
    format: 'EDF',
    hours: 0.5,
    channels: DENSE_CHANNELS,
    labels: LABELS,
    rate: 512,
    waves: true,
  })
}
