import { constants, existsSync } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packed, { inflate } from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

const here = fileURLToPath(import.meta.url)
const modules = join(dirname(dirname(here)), 'node_modules')
const archives = join(modules, '@sparticuz', 'chromium', 'bin')
const unpacked = join(modules, '.cache', 'chromium-for-tests')

const fontsFile = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(unpacked, 'fonts', 'fonts')}</dir>
  <cachedir>${join(unpacked, 'fonts-cache')}</cachedir>
</fontconfig>
`

const usable = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false)

/** A Chromium of the operating system: the one named in CHROMIUM, else the first found on the PATH. */
const systemBrowser = async (): Promise<string | undefined> => {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe']
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  for (const path of [process.env['CHROMIUM'], ...onPath, mac]) if (path && (await usable(path))) return path
  return undefined
}

/**
 * Unpacks the packaged Chromium with the libraries and fonts it needs, once per `npm ci`.
 * The package unpacks below the temporary directory and takes a half-written file for a finished one, so it is
 * pointed at a folder of its own, which appears under its final name only when it is complete.
 */
const packedBrowser = async (): Promise<string> => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('Browser tests need Chromium: install it, or name it in the environment variable CHROMIUM.')
  if (!existsSync(unpacked)) {
    await mkdir(dirname(unpacked), { recursive: true })
    const work = await mkdtemp(`${unpacked}-`)
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = work
    try {
      await packed.executablePath()
      await inflate(join(archives, 'al2023.tar.br'))
      // The package's own file names folders of a cloud service; without any font Chromium shows no text and crashes.
      await writeFile(join(work, 'fonts', 'fonts.conf'), fontsFile)
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
    // Another test process may have finished first; its copy is as good as ours.
    await rename(work, unpacked).catch(() => rm(work, { recursive: true, force: true }))
  }
  return join(unpacked, 'chromium')
}

/**
 * Starts a headless Chromium for a test; the caller closes it.
 * Needs nothing but the npm packages on linux x64; elsewhere an installed Chromium or Chrome.
 */
export const launch = async (): Promise<Browser> => {
  const system = await systemBrowser()
  if (system) return chromium.launch({ executablePath: system, args: ['--no-sandbox'] })
  const executablePath = await packedBrowser()
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value
  environment['LD_LIBRARY_PATH'] = [join(unpacked, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter)
  environment['FONTCONFIG_PATH'] = join(unpacked, 'fonts')
  return chromium.launch({
    executablePath,
    env: environment,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
  })
}
