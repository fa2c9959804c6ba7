import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMutant } from '../../../test/xlsform-check.ts'

test('600 spoilt workbooks, markdown tables and CSV files: each a sound form or refused with reasons, none takes long', () => {
  const seen = { converted: 0, refused: 0, unreadable: 0 }
  let longest = 0
  for (let seed = 1; seed <= 600; seed++) {
    const begun = performance.now()
    try {
      seen[checkMutant(seed)]++
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
    longest = Math.max(longest, performance.now() - begun)
  }
  assert.ok(Object.values(seen).every((n) => n > 20), JSON.stringify(seen))
  assert.ok(longest < 2_000, `${longest} ms`)
})
