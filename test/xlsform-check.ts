import assert from 'node:assert/strict'
import { SaxesParser } from 'saxes'
import { convert } from '#standards/xlsform/convert.ts'
import { readForm } from '#standards/xlsform/file.ts'
import { mutant } from './xlsform-mutants.ts'

/** What holds for any file: it becomes a sound XML document, or every reason against it is named in both languages. */
export const checkMutant = (seed: number): 'converted' | 'refused' | 'unreadable' => {
  const { name, bytes } = mutant(seed)
  const read = readForm(name, bytes)
  const made = read.ok ? convert(read.workbook) : read
  if (made.ok) {
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (e) => { throw e })
    parser.write(made.xform).close()
    return 'converted'
  }
  assert.ok(made.errors.length > 0, 'refused without a reason')
  for (const e of made.errors) {
    assert.ok(e.message.id.length > 10 && e.message.en.length > 10, e.code)
    assert.ok(!/(?<!\$)\{(name|hint|limit|value|type|list)\}/.test(e.message.id + e.message.en), e.message.en)
  }
  return read.ok ? 'refused' : 'unreadable'
}
