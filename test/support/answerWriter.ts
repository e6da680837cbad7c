/** A process that keeps one answer after the other without end, and says each; for a test of what a kill leaves. Run as: node answerWriter.ts FOLDER */
import { createProgress } from '../../electron/host/progress.ts'
import { answer, given } from './quiz.ts'

const [folder = ''] = process.argv.slice(2)
const progress = createProgress(folder)
const lesson = { id: 'lesson-1', title: 'Jerks at sleep onset' }
for (let count = 1; ; count += 1) {
  const JERK = given('hypnic_jerk')
  await progress.append('ANNA', lesson, answer({ showing: `${count}`, key: [JERK], marks: [JERK] }))
  console.log(`kept ${count}`)
}
