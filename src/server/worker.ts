/**
 * Work that outlives a request (letters, imports) waits in the tables it is about and is claimed there with `skip locked`,
 * so it survives a restart and may run on several machines (docs/decisions/0006). A job returns how much it did.
 */
export type Job = { readonly name: string; readonly run: () => Promise<number> }

/** Runs the jobs in turn: at once when woken, else every `everyMs`; again without a pause while there is work. */
export const worker = (jobs: readonly Job[], log: (line: string) => void, everyMs = 5_000) => {
  let stopped = false
  let rouse = () => {}
  let woken = false
  const loop = async () => {
    while (!stopped) {
      let done = 0
      woken = false
      for (const job of jobs) {
        if (stopped) break
        try {
          done += await job.run()
        } catch (error) {
          log(`job ${job.name}: ${(error as Error).stack ?? String(error)}`)
        }
      }
      if (done > 0 || woken || stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        rouse = () => { clearTimeout(timer); resolve() }
      })
    }
  }
  const running = loop()
  return {
    wake: () => { woken = true; rouse() },
    stop: async () => { stopped = true; rouse(); await running },
  }
}
