/** What this program is not: stands on the first run, in About, and on every sheet and export. */
export const TEACHING_STATEMENT =
  'Education and research-training tool. Not a medical device. Not intended for diagnosis, monitoring, ' +
  "screening, triage or treatment decisions. Do not use to interpret a patient's recording for care."

/** The same in one line, for a footer. */
export const TEACHING_STATEMENT_SHORT =
  'Teaching tool. Not a medical device, not for diagnosis, monitoring or treatment decisions.'
