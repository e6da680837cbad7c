import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type MenuModel, menuTemplate } from '../../electron/desktop/menu.ts'
import { COMMANDS } from '../../shared/contract/commands.ts'
import type { RecordingChoice } from '../../shared/contract/model.ts'

const MODEL: MenuModel = {
  platform: 'linux',
  state: { unsaved: false, unsavedLesson: false, undo: null, redo: null, recording: 'night.edf' },
  choices: [],
  development: false,
}

function template(change: Partial<MenuModel> = {}, said: unknown[] = []) {
  return menuTemplate(
    { ...MODEL, ...change },
    { command: (id) => said.push(id), open: (choice) => said.push(choice) },
  )
}

function items(menus: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return menus.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function find(menus: readonly MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions {
  return items(menus).find((item) => item.id === id)!
}

function press(item: MenuItemConstructorOptions): void {
  item.click!(...([] as never as [never, never, never]))
}

function choice(name: string, change: Partial<RecordingChoice> = {}): RecordingChoice {
  return { ref: name, name, origin: 'recent', folder: 'ward', bytes: 1, available: true, ...change }
}

describe('the native menu', () => {
  it('has the menus of the list, in its order', () => {
    const labels = template().map((menu) => menu.label)
    expect(labels).toEqual(['File', 'Edit', 'Recording', 'View', 'Mark', 'Learn', 'Reference', 'Help'])
  })

  it('has every command that belongs in a menu, once, and each calls itself', () => {
    const said: unknown[] = []
    const all = items(template({}, said))
    const wanted = COMMANDS.filter((command) => command.inMenu && command.id !== 'openSample')
    for (const { id } of wanted) {
      const found = all.filter((item) => item.id === id)
      expect(found, id).toHaveLength(1)
      press(found[0]!)
    }
    expect(said).toEqual(wanted.map(({ id }) => id))
  })

  it('takes only keys with Ctrl: a letter or digit belongs to whoever types it', () => {
    for (const platform of ['linux', 'windows', 'mac'] as const) {
      for (const { accelerator, registerAccelerator } of items(template({ platform }))) {
        if (accelerator == null || accelerator.includes('CmdOrCtrl+')) continue
        expect(registerAccelerator, `${platform} ${accelerator}`).toBe(false)
        expect(platform, accelerator).not.toBe('mac')
      }
    }
  })

  it('shows the key of a command that it does not take', () => {
    expect(find(template(), 'mark:hypnic_jerk')).toMatchObject({
      accelerator: '1',
      registerAccelerator: false,
    })
    expect(find(template({ platform: 'mac' }), 'mark:hypnic_jerk').label).toBe('Hypnic jerk (1)')
  })

  it('leaves Ctrl + and Ctrl - to the timebase', () => {
    const all = items(template({ development: true }))
    expect(all.filter(({ role }) => role === 'zoomIn' || role === 'zoomOut' || role === 'resetZoom')).toEqual(
      [],
    )
    expect(
      all.filter(({ accelerator }) => accelerator?.endsWith('+Plus') || accelerator?.endsWith('+-')),
    ).toEqual([])
  })

  it('names the step that would be undone or redone', () => {
    const state = { ...MODEL.state, undo: 'move mark', redo: 'delete R & D' }
    expect(find(template({ state }), 'undo').label).toBe('Undo move mark')
    expect(find(template({ state }), 'redo').label).toBe('Redo delete R && D')
  })

  it('has nothing to do on a recording while none is open', () => {
    const state = { ...MODEL.state, recording: null }
    const off = items(template({ state })).filter((item) => item.enabled === false)
    expect(off.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'save',
        'saveAs',
        'closeRecording',
        'checkFile',
        'mark:hypnic_jerk',
        'deleteMark',
      ]),
    )
    expect(off.map(({ id }) => id)).not.toContain('open')
    expect(off.map(({ id }) => id)).not.toContain('undo')
  })

  it('offers recent recordings and samples, and tells two of one name apart', () => {
    const said: unknown[] = []
    const choices = [
      choice('night.edf', { ref: 'a' }),
      choice('night.edf', { ref: 'b', folder: 'archive', available: false }),
      choice('mixed-teaching.edf', { ref: 'c', origin: 'sample' }),
      choice('other.edf', { ref: 'd', origin: 'folder' }),
    ]
    const menus = template({ choices }, said)
    const recent = find(menus, 'open-recent').submenu as MenuItemConstructorOptions[]
    expect(recent.map(({ label, enabled }) => [label, enabled])).toEqual([
      ['night.edf (ward)', true],
      ['night.edf (archive)', false],
    ])
    press(recent[0]!)
    const samples = find(menus, 'open-sample').submenu as MenuItemConstructorOptions[]
    press(samples[0]!)
    expect(said).toEqual([
      { ref: 'a', name: 'night.edf' },
      { ref: 'c', name: 'mixed-teaching.edf' },
    ])
    expect(find(template(), 'open-recent').enabled).toBe(false)
  })

  it('offers developer tools to developers only', () => {
    const roles = (development: boolean) => items(template({ development })).map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(false)).not.toContain('reload')
  })

  it('has the Mac’s own menus on a Mac, where quitting is not in File', () => {
    const mac = template({ platform: 'mac' })
    expect(mac.map(({ role, label }) => role ?? label)).toEqual([
      'appMenu',
      'File',
      'Edit',
      'Recording',
      'View',
      'Mark',
      'Learn',
      'Reference',
      'windowMenu',
      'help',
    ])
    expect(items(mac).map(({ role }) => role)).not.toContain('quit')
    expect(items(template()).map(({ role }) => role)).toContain('quit')
  })
})
