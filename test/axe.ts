import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong on the page as it is now (WCAG 2.2 A and AA, and good practice): one line per rule with the elements.
 * Bars that stick to an edge are laid flat meanwhile: axe takes a control that is half under such a bar for a small target.
 */
export const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(`(async () => {
    const flat = document.createElement('style')
    flat.textContent = '.fill-top, .fill-foot { position: static !important }'
    document.head.append(flat)
    try {
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | '))
    } finally {
      flat.remove()
    }
  })()`)
}
