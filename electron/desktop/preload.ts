/** The only door of the sandboxed page: three functions, none of which takes or gives a path. */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import type { DesktopBridge } from '../../shared/contract/bridge.ts'
import { isProcedureName } from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from './channels.ts'

const bridge: DesktopBridge = {
  call: (name, input) => {
    if (!isProcedureName(name)) return Promise.reject(new Error('No such procedure.'))
    return ipcRenderer.invoke(CALL_CHANNEL, name, input)
  },
  onEvent: (listener) => {
    const hear = (_event: IpcRendererEvent, event: HostEvent) => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, hear)
    }
  },
  openDropped: (file) => {
    const path = webUtils.getPathForFile(file)
    if (path === '') return false
    ipcRenderer.send(DROP_CHANNEL, path)
    return true
  },
}

contextBridge.exposeInMainWorld('hypnospike', bridge)
