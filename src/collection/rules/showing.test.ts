import assert from 'node:assert/strict'
import test from 'node:test'
import { sectionsOf } from './showing.ts'

const field = (name: string, dataType: string, choices: { name: string; label: { id: string; en: string } }[] | null = null) =>
  ({ path: `/data/${name}`, name, kind: 'question' as const, dataType, control: choices ? ('select1' as const) : ('input' as const), mediatype: null, label: { id: name, en: name }, choices })
const answer = (name: string, kind: string, value: string) => ({ path: `/data/${name}`, name, kind, value, latitude: null, longitude: null, accuracy: null, item: null })

test('a time and a decimal read as they are written in each language, a choice as its label, anything else as it was sent', () => {
  const fields = [field('mulai', 'time'), field('jam', 'decimal'), field('hadir', 'int'), field('ada', 'string', [{ name: 'ya', label: { id: 'Ya', en: 'Yes' } }])]
  const [section] = sectionsOf(fields, [answer('mulai', 'time', '09:02:00.000+07:00'), answer('jam', 'decimal', '3.5'), answer('hadir', 'int', '24'), answer('ada', 'string', 'ya')], null)
  assert.deepEqual(section!.answers.map((a) => a.shown), [{ id: '09.02', en: '09:02' }, { id: '3,5', en: '3.5' }, null, { id: 'Ya', en: 'Yes' }])
})
