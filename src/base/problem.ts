/** Everything that may go wrong on purpose. `code` is stable, listed in a room's `problems`, and part of the contract. */
export class Problem extends Error {
  readonly code: string
  readonly detail: Readonly<Record<string, unknown>>

  /** @param code an entry of some room's problem list, e.g. `finding.not_draft` @param detail values for the sentence's `{placeholders}` */
  constructor(code: string, detail: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.detail = detail
  }
}

/** A room's problems: code → [HTTP status, Indonesian sentence, English sentence]; `{name}` is filled from the detail. */
export type Problems = Readonly<Record<string, readonly [status: number, id: string, en: string]>>

/** Problems of the request path itself, which belong to no room. */
export const problems = {
  'request.invalid': [400, 'Isian {field} tidak sah: {reason}.', 'The value of {field} is not valid: {reason}.'],
  'request.malformed': [400, 'Permintaan tidak dapat dibaca. Periksa bentuknya lalu kirim lagi.', 'The request could not be read. Check its form and send it again.'],
  'request.too_large': [413, 'Kiriman terlalu besar. Batasnya {limit} byte.', 'The request is too large. The limit is {limit} bytes.'],
  'request.unknown_route': [404, 'Alamat ini tidak ada.', 'There is nothing at this address.'],
  'request.conflict': [409, 'Data ini sudah diubah orang lain atau sudah ada. Muat ulang lalu coba lagi.', 'This was changed by somebody else or exists already. Reload and try again.'],
  'request.not_found': [404, 'Data yang diminta tidak ada atau tidak boleh Anda lihat.', 'What you asked for does not exist or you may not see it.'],
  'request.busy': [503, 'Sistem sedang sibuk. Coba lagi sebentar lagi.', 'The system is busy. Try again in a moment.'],
  internal: [500, 'Ada kesalahan di sistem kami. Sudah dicatat dengan nomor {reference}.', 'Something went wrong on our side. It is recorded under {reference}.'],
} as const satisfies Problems
