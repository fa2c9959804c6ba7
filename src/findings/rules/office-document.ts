const mimes = {
  'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/**
 * XLSX or DOCX by what the package holds (its list of entries), never by its name; undefined for anything else:
 * any other ZIP, a package with macros or other programs inside, or one whose entries are encrypted.
 */
export const officeDocument = (bytes: Uint8Array): string | undefined => {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)) return undefined
  const entries = entriesOf(bytes)
  if (!entries || !entries.some((e) => e.name === '[Content_Types].xml')) return undefined
  if (entries.some((e) => e.encrypted || /vbaproject|\.(bin|exe|dll|js|vbs|html?|jar|com|scr|bat|cmd|ps1)$|activex|(^|\/)embeddings\//i.test(e.name) && !/printerSettings\d*\.bin$/i.test(e.name))) return undefined
  const found = (Object.keys(mimes) as (keyof typeof mimes)[]).filter((main) => entries.some((e) => e.name === main))
  return found.length === 1 ? mimes[found[0]!] : undefined
}

/** Names in the central directory; undefined when it cannot be read whole. ZIP64 and more than 10,000 entries are no document somebody wrote. */
const entriesOf = (bytes: Uint8Array): { readonly name: string; readonly encrypted: boolean }[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // the end record is 22 bytes and a comment of at most 65,535
  let end = bytes.length - 22
  while (end >= Math.max(0, bytes.length - 22 - 65_535) && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return undefined
  const count = view.getUint16(end + 10, true)
  if (count > 10_000) return undefined
  const entries: { name: string; encrypted: boolean }[] = []
  for (let i = 0, at = view.getUint32(end + 16, true); i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return undefined
    const length = view.getUint16(at + 28, true)
    if (at + 46 + length > end) return undefined
    entries.push({ name: String.fromCharCode(...bytes.subarray(at + 46, at + 46 + length)), encrypted: (view.getUint16(at + 8, true) & 1) === 1 })
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** A file's name as it is given back: the last part of the path, without control signs, at most 120 letters. */
export const safeName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1)!.replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/^\.+/, '').trim()
  return last.length <= 120 ? last || 'berkas' : `${last.slice(0, 100)}…${last.slice(-19)}`
}
