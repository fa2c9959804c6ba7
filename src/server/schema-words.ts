/** One thing a schema found wrong, as the validator tells it. */
export interface SchemaFault { readonly instancePath: string; readonly keyword?: string; readonly message?: string; readonly params?: Readonly<Record<string, unknown>> }
interface Words { readonly id: string; readonly en: string }

const formats: Readonly<Record<string, Words>> = {
  email: { id: 'tulis alamat surel, misalnya nama@lembaga.id', en: 'write an e-mail address, such as name@place.id' },
  date: { id: 'tulis tanggal seperti 2026-11-23', en: 'write a date like 2026-11-23' },
  'date-time': { id: 'tulis waktu seperti 2026-11-23T09:00:00Z', en: 'write an instant like 2026-11-23T09:00:00Z' },
}
const types: Readonly<Record<string, Words>> = {
  integer: { id: 'isi bilangan bulat', en: 'give a whole number' }, number: { id: 'isi bilangan', en: 'give a number' }, string: { id: 'isi teks', en: 'give a text' },
  boolean: { id: 'isi ya atau tidak', en: 'give true or false' }, array: { id: 'isi daftar', en: 'give a list' }, object: { id: 'bentuknya tidak sesuai', en: 'it has the wrong shape' },
}
const unclear: Words = { id: 'nilainya tidak diterima', en: 'its value is not accepted' }

/** What is wrong with a value and what to do, in both languages; a pattern is never shown to a person. */
export const schemaWords = ({ keyword, params = {} }: SchemaFault): Words => {
  const n = params['limit']
  switch (keyword) {
    case 'required': return { id: 'wajib diisi', en: 'it is required' }
    case 'additionalProperties': return { id: 'isian ini tidak dikenal', en: 'it is not known here' }
    case 'minLength': return { id: n === 1 ? 'wajib diisi' : `paling sedikit ${n} karakter`, en: n === 1 ? 'it is required' : `at least ${n} characters` }
    case 'maxLength': return { id: `paling banyak ${n} karakter`, en: `at most ${n} characters` }
    case 'minimum': return { id: `paling kecil ${n}`, en: `at least ${n}` }
    case 'maximum': return { id: `paling besar ${n}`, en: `at most ${n}` }
    case 'exclusiveMinimum': return { id: `harus lebih dari ${n}`, en: `it must be more than ${n}` }
    case 'minItems': return { id: `pilih paling sedikit ${n}`, en: `choose at least ${n}` }
    case 'maxItems': return { id: `paling banyak ${n}`, en: `at most ${n}` }
    case 'uniqueItems': return { id: 'ada yang sama', en: 'some are the same' }
    case 'enum': return { id: `pilih salah satu: ${(params['allowedValues'] as unknown[]).join(', ')}`, en: `choose one of: ${(params['allowedValues'] as unknown[]).join(', ')}` }
    case 'format': return formats[String(params['format'])] ?? unclear
    case 'type': return types[String(params['type'])] ?? unclear
    case 'pattern': return { id: 'bentuknya tidak sesuai', en: 'it has the wrong form' }
    default: return unclear
  }
}
