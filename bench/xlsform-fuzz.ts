import { Zip, ZipDeflate, strToU8 } from 'fflate'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { readXlsx } from '#standards/xlsform/read.ts'
import { checkMutant } from '../test/xlsform-check.ts'

/**
 * Spoilt forms by the thousand, each killed after 10 s, in a thread with a capped heap; then a zip bomb. `node bench/xlsform-fuzz.ts [COUNT] [FIRST_SEED]`
 * Exits with 1 when a form crashed, hung or ran out of memory.
 */
const heapMB = 128
const mostSeconds = 10

if (isMainThread) await main()
else work(workerData as { from: number; to: number })

function work({ from, to }: { from: number; to: number }): void {
  for (let seed = from; seed < to; seed++) {
    parentPort!.postMessage({ seed })
    try {
      parentPort!.postMessage({ seed, outcome: checkMutant(seed) })
    } catch (error) {
      parentPort!.postMessage({ seed, outcome: 'crashed', why: (error as Error).message })
    }
  }
}

/** Runs seeds in one thread until done, a seed hangs, or the heap is full; tells where it stopped. */
function stretch(from: number, to: number, tell: (seed: number, outcome: string, ms: number, why?: string) => void): Promise<number> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { from, to }, resourceLimits: { maxOldGenerationSizeMb: heapMB } })
    let [current, begun] = [from, performance.now()]
    const watch = setInterval(() => {
      if (performance.now() - begun < mostSeconds * 1000) return
      tell(current, 'hung', performance.now() - begun)
      clearInterval(watch)
      void worker.terminate().then(() => resolve(current + 1))
    }, 200)
    const stop = (next: number): void => (clearInterval(watch), resolve(next))
    worker.on('message', ({ seed, outcome, why }: { seed: number; outcome?: string; why?: string }) => {
      if (outcome !== undefined) tell(seed, outcome, performance.now() - begun, why)
      ;[current, begun] = [outcome === undefined ? seed : seed + 1, performance.now()]
    })
    worker.on('error', (error) => (tell(current, 'out of memory', 0, error.message), stop(current + 1)))
    worker.on('exit', (code) => { if (code === 0) stop(to) })
  })
}

async function main(): Promise<void> {
  const [count = 20_000, first = 1] = process.argv.slice(2).map(Number)
  const sums = new Map<string, number>()
  const bad: string[] = []
  const times: number[] = []
  const begun = performance.now()
  const tell = (seed: number, outcome: string, ms: number, why = ''): void => {
    sums.set(outcome, (sums.get(outcome) ?? 0) + 1)
    times.push(ms)
    if (!['converted', 'refused', 'unreadable'].includes(outcome)) bad.push(`seed ${seed} ${outcome} ${why}`)
  }
  for (let next = first; next < first + count;) next = await stretch(next, first + count, tell)
  times.sort((a, b) => a - b)
  for (const line of bad) console.log(line)
  console.log(`${count} forms in ${((performance.now() - begun) / 1000).toFixed(0)} s, heap capped at ${heapMB} MB: ${[...sums].map(([k, n]) => `${n} ${k}`).join(', ')}`)
  console.log(`a form takes ${times[times.length >> 1]!.toFixed(1)} ms, the longest ${times.at(-1)!.toFixed(0)} ms`)
  const refused = bomb()
  console.log(`${bad.length === 0 && refused ? 'none' : bad.length} crashed, hung or ran out of memory`)
  process.exitCode = bad.length === 0 && refused ? 0 : 1
}

/** A small file that unpacks to 600 MB must be refused before it is unpacked. */
function bomb(): boolean {
  const chunks: Uint8Array[] = []
  const zip = new Zip((_, data) => void chunks.push(data))
  const add = (name: string, pieces: Iterable<Uint8Array>): void => {
    const part = new ZipDeflate(name, { level: 9 })
    zip.add(part)
    for (const piece of pieces) part.push(piece, false)
    part.push(new Uint8Array(0), true)
  }
  const piece = new Uint8Array(1e6).fill(32)
  add('xl/workbook.xml', [strToU8('<workbook xmlns:r="r"><sheets><sheet name="survey" r:id="a"/></sheets></workbook>')])
  add('xl/worksheets/sheet1.xml', Array.from({ length: 600 }, () => piece))
  zip.end()
  const bytes = Buffer.concat(chunks)
  const before = process.memoryUsage().rss
  const begun = performance.now()
  const read = readXlsx(bytes)
  const ms = performance.now() - begun
  const ok = !read.ok && read.errors[0]!.code === 'file.unpacks_too_large'
  console.log(`zip bomb of ${(bytes.length / 1e3).toFixed(0)} kB that unpacks to 600 MB: ${ok ? 'refused' : 'NOT REFUSED'} in ${ms.toFixed(1)} ms, ${((process.memoryUsage().rss - before) / 1e6).toFixed(1)} MB more memory`)
  return ok
}
