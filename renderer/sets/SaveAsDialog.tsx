import { type FormEvent, useState } from 'react'
import { downloadCopy, saveAs } from '../store/saving.ts'
import { activeSet } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** In a browser: another name beside the recording. The desktop has the system's dialog. */
export function SaveAsDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState(() => activeSet(getState())?.fileName ?? '')

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (await saveAs(name)) onClose()
  }

  return (
    <Dialog title="Save set as" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label className="dialog-field">
          File name, beside the recording
          <input className="field" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <div className="dialog-actions">
          <button type="button" className="secondary" onClick={downloadCopy}>
            Download a copy
          </button>
          <button type="submit" className="primary" disabled={name.trim() === ''}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  )
}
