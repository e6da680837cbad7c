import { Progress } from '@base-ui/react/progress'

/** How far long work is: `done` from 0 to 1, with its label and a percentage above the bar. */
export function ProgressBar({ label, done }: { readonly label: string; readonly done: number }) {
  return (
    <Progress.Root className="progress" value={Math.round(100 * done)}>
      <Progress.Label>{label}</Progress.Label>
      <Progress.Value className="number" />
      <Progress.Track className="progress-track">
        <Progress.Indicator className="progress-bar" />
      </Progress.Track>
    </Progress.Root>
  )
}
