import type { Label } from '#web/kit/label.ts'

/** The parts of the settings, in their order; each is an address of its own. Without `verb`: for everybody who is signed in. */
export const settingsParts: readonly { readonly path: string; readonly label: Label; readonly verb?: string }[] = [
  { path: '/pengaturan/anggota', label: { id: 'Anggota', en: 'Members' }, verb: 'member.read' },
  { path: '/pengaturan/peran', label: { id: 'Peran', en: 'Roles' } },
  { path: '/pengaturan/organisasi', label: { id: 'Organisasi', en: 'Organisations' }, verb: 'organisation.read' },
  { path: '/pengaturan/norma', label: { id: 'Norma', en: 'Norms' }, verb: 'standards.read' },
  { path: '/pengaturan/instrumen', label: { id: 'Instrumen', en: 'Instruments' }, verb: 'standards.read' },
  { path: '/pengaturan/hari-libur', label: { id: 'Hari libur', en: 'Holidays' }, verb: 'standards.read' },
]
