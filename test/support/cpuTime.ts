/** How long this thread has computed so far, in milliseconds: what else runs on the machine does not count. */
export function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
