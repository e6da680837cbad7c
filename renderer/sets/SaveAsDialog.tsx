import { type FormEvent, useState } from 'react'
import { downloadCopy, saveAs } from '../store/saving.ts'
import { ownSet } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Input, Labelled } from '../ui/Field.tsx'

/** In a browser: another name beside the recording. The desktop has the system's dialog. */
export function SaveAsDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState(() => ownSet(getState())?.fileName ?? '')

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (await saveAs(name)) onClose()
  }

  return (
    <Dialog title="Save set as" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Labelled label="File name, beside the recording">
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        <DialogActions>
          <Button look="secondary" onClick={downloadCopy}>
            Download a copy
          </Button>
          <Button type="submit" look="primary" disabled={name.trim() === ''}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
