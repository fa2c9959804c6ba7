import type { Locator, Page } from 'playwright-core'

/** What a monitor does with the renderer, by question name; used by the journeys. */
const question = (page: Page, name: string): Locator => page.locator(`.fill-question[data-ref$="/${name}"]`).first()

/** Answers one question whatever its control is: a choice by its name, `take` for the place, everything else is typed. */
export const answer = async (page: Page, name: string, value: string): Promise<void> => {
  const q = question(page, name)
  await q.waitFor()
  if (value === 'take') return void (await q.getByRole('button', { name: 'Ambil lokasi' }).click())
  if ((await q.locator('input[type=radio], input[type=checkbox]').count()) > 0) {
    for (const one of value.split(' ')) await q.locator(`input[value="${one}"]`).check()
    return
  }
  if ((await q.locator('select').count()) > 0) return void (await q.locator('select').selectOption(value))
  const field = q.locator('input:not([type=file]), textarea').first()
  await field.fill(value)
  await field.blur()
}
export const attach = async (page: Page, name: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
  const q = question(page, name)
  await q.locator('input[type=file]').last().setInputFiles(file)
  await q.locator('.fill-file img').waitFor()
}
export const onward = (page: Page): Promise<void> => page.locator('.fill-foot .fill-strong').click()

/** A face-to-face class that keeps every norm, page by page; `change` overrides. */
export const keptClass = (change: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>>[] =>
  [
    { place: 'take', outcome: 'took_place' },
    { l01: 'ya', l02_a: '09:00', l02_b: '12:00', l03: '900' },
    { l04_a: '24', l04_b: '22', l04_c: '22', l05: '5', l06: 'ya' },
    { l07: '1', l08: 'ya', l09_a: 'ya', l10: '6', l11_na: 'na', l11_note: 'Bukan pelatihan komputer.', l12: 'ya', l13: 'ya', l14: '4', l15_a: 'apd p3k apar evakuasi', l15_b: 'tidak', l16: 'toilet air ibadah', l17_a: 'kursi_roda', l17_b: 'tidak' },
    { l18: '3', l19_a: '50', l19_b: '130', l20: 'ya', l21_a: 'ya', l21_b: 'ya', l22_a: 'ya' },
    { l23: 'tidak', l24_a: 'ya', l25_a: 'tidak', l25_b: 'ya', l26: 'ya' },
    { l27: '4', l28: '4', l29: '4', l30: 'setuju' },
  ].map((page) => ({ ...page, ...Object.fromEntries(Object.entries(change).filter(([name]) => name in page)) }))
