/** Makes the lesson that comes with the app in a folder, apart from everything that a reader waits for, and ends. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { workerData } from 'node:worker_threads'
import { makeLesson } from '../../samples/lesson/makeLesson.ts'

const { folder } = workerData as { readonly folder: string }

await makeLesson(({ name, bytes }) => writeFile(path.join(folder, name), bytes, { flush: true }))
