import '@fontsource-variable/inter'
import '../styles/tokens.css'
import '../styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect } from '../../shared/contract/contract.ts'
import { listenToKeys } from '../commands/keyboard.ts'
import { runCommandByName } from '../commands/runCommand.ts'
import { afterFrame } from '../page/afterFrame.ts'
import { createPageLoaders } from '../page/pageLoaders.ts'
import { createPainter } from '../page/painter.ts'
import { createCompareInThread } from '../store/compareInThread.ts'
import { followComparison } from '../store/comparison.ts'
import { listenToDrops } from '../store/dropping.ts'
import { start } from '../store/events.ts'
import { beginWindow } from '../store/host.ts'
import { followHost, hostLost } from '../store/hostLink.ts'
import { rememberViews } from '../store/remembering.ts'
import { reportStateChanges } from '../store/saving.ts'
import { hasUnsaved, isLessonUnkept, unkeptOf } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { reachHost } from './transports.ts'

const { transport, dropFile, listenAgain } = reachHost(hostLost)
const connection = connect(transport)
beginWindow(connection.host, dropFile, createCompareInThread())
const loaders = createPageLoaders({
  askPage: connection.host.page,
  painter: createPainter(),
  afterFrame,
})
listenToKeys(loaders.isPageOnItsWay)
listenToDrops()
reportStateChanges()
followComparison()
rememberViews()
followHost(listenAgain)
// A browser's tab asks in its own words; the desktop asks through close-requested.
window.addEventListener('beforeunload', (event) => {
  const state = getState()
  const isBrowser = state.shell.facts.kind === 'browser'
  if (isBrowser && (unkeptOf(state) > 0 || hasUnsaved(state) || isLessonUnkept(state))) event.preventDefault()
})

// Asked before anything is drawn: the answer is on its way meanwhile.
void start(connection, runCommandByName)

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no #app')
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App loaders={loaders} />
    </ErrorBoundary>
  </StrictMode>,
)
