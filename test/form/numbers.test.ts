import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readNumber, writeNumber } from '#web/kit/form/numbers.ts'

const value = (text: string, kind: 'int' | 'decimal', language: 'id' | 'en') => {
  const reading = readNumber(text, kind, language)
  return 'problem' in reading ? reading.problem : reading.value
}

test('what the reader would call a thousands separator is refused, not guessed', () => {
  assert.equal(value('1.500', 'decimal', 'id'), 'notDecimal')
  assert.equal(value('1.500', 'decimal', 'en'), '1.5')
  assert.equal(value('1,500', 'decimal', 'id'), '1.5')
  assert.equal(value('1,500', 'decimal', 'en'), 'notDecimal')
  assert.equal(value('1.500,5', 'decimal', 'id'), 'notDecimal')
  assert.equal(value('0.125', 'decimal', 'id'), '0.125')
  assert.equal(value('1.500', 'int', 'id'), 'notInteger')
})

test('whole numbers are whole, within 32 bits, and an empty field is no answer', () => {
  assert.equal(value(' 024 ', 'int', 'id'), '24')
  assert.equal(value('−3', 'int', 'id'), '-3')
  assert.equal(value('12a', 'int', 'id'), 'notInteger')
  assert.equal(value('2147483648', 'int', 'id'), 'outOfRange')
  assert.equal(value('', 'int', 'id'), null)
})

test('a stored decimal that is shown and read again is the same, in both languages', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom('id' as const, 'en' as const), (x, language) => {
      const stored = String(Math.round(x * 1e4) / 1e4)
      const read = value(writeNumber(stored, language), 'decimal', language)
      // English shows a point, Indonesian a comma: neither is that language's thousands separator.
      assert.equal(Number(read), Number(stored))
    }),
  )
})
