/** Entries that a reader wants to see beside a mark before anything else. */
export const IN_SHORT: readonly string[] = [
  'repetition-rate',
  'complexes',
  'amplitude',
  'frontal-to-occipital',
  'channels',
  'muscle-bursts',
]
