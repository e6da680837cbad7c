import { CANDIDATE_KEYS } from '../../shared/contract/candidateKeys.ts'
import { COMMAND_GROUPS, COMMANDS } from '../../shared/contract/commands.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import { CRITERION_KEYS, QUIZ_KEYS } from '../../shared/contract/quizKeys.ts'
import { useReview } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './commands.module.css'
import { shownKeys } from './shownKeys.ts'

const MOUSE: readonly (readonly [string, string])[] = [
  ['Drag', 'select a span; a label key marks it'],
  ['Label key, then drag', 'mark at once'],
  ['Click', 'put the cursor, pick the mark there'],
  ['Drag a picked mark or its edge', 'move or resize it'],
  ['Wheel, Shift+wheel', 'a tenth of a page, a page'],
  ['Ctrl+wheel, Alt+wheel', 'timebase, sensitivity'],
  ['Ctrl+wheel over the overview', 'closer and wider around the pointer; the wheel alone moves it'],
]

/** Every key there is, from the same list that makes them work. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const shell = useReview((state) => state.shell.facts)
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      <div className={styles.keys}>
        {COMMAND_GROUPS.map((group) => {
          const commands = COMMANDS.filter(
            (command) => command.group === group.id && shownKeys(command, shell).length > 0,
          )
          if (commands.length === 0) return null
          return (
            <KeySection
              key={group.id}
              title={group.label}
              rows={commands.map((command) => ({
                label: command.label.replace('…', ''),
                keys: shownKeys(command, shell),
              }))}
            />
          )
        })}
        <KeySection
          title="While candidates are reviewed"
          rows={CANDIDATE_KEYS.map(({ key, label }) => ({ label, keys: [formatKey(key, shell.platform)] }))}
        />
        <KeySection
          title="In a quiz"
          rows={[
            { label: 'At a criterion: no, unlikely, likely, yes', keys: Object.values(CRITERION_KEYS) },
            ...QUIZ_KEYS.map(({ key, label }) => ({ label, keys: [formatKey(key, shell.platform)] })),
          ]}
        />
        <section>
          <h3>Mouse</h3>
          <dl>
            {MOUSE.map(([what, does]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd className={styles.does}>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

function KeySection({
  title,
  rows,
}: {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly keys: readonly string[] }[]
}) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ label, keys }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
