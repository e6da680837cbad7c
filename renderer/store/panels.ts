/** The tabs beside the page. */
export type Panel = 'marks' | 'compare' | 'notes' | 'details' | 'evidence' | 'reference' | 'lesson'
