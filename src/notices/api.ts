import { fill } from '#base/messages.ts'
import { Problem } from '#base/problem.ts'
import { room, type Context, type Scope } from '#base/room.ts'
import { notices } from './contract.ts'
import { sentences, type NoticeKind } from './messages.ts'
import { store } from './store.ts'

/** A value of a sentence; one with two languages is given in the reader's. */
export type NoticeValue = string | number | { readonly id: string; readonly en: string }

/**
 * Tells a person, or everybody of one scope in an organisation; letters follow by job. Written in the transaction of what it tells.
 * Resolves to the notice's id, which `notice.delivered` carries when it has reached its addressee.
 */
export const tell = async (
  { db, id, now }: Context,
  notice: {
    readonly kind: NoticeKind
    readonly to: { readonly personId: string; readonly organisationId: string } | { readonly organisationId: string; readonly scope: Scope }
    readonly about: { readonly kind: string; readonly id: string }
    readonly link: string
    readonly params?: Readonly<Record<string, NoticeValue>>
  },
): Promise<string> => {
  const { kind, to, about, link, params } = notice
  const noticeId = id()
  await store(db).add({
    id: noticeId, at: now, personId: 'personId' in to ? to.personId : null, organisationId: to.organisationId, scope: 'scope' in to ? to.scope : null,
    kind, aboutKind: about.kind, aboutId: about.id, link, params: JSON.stringify(params ?? {}),
  })
  return noticeId
}

/** The sentence of a notice; a kind of an older version that is gone shows its name rather than nothing. */
export const sentence = (kind: string, params: Record<string, unknown>, language: 'id' | 'en'): string =>
  fill(sentences[language][kind as NoticeKind] ?? kind, Object.fromEntries(Object.entries(params).map(([name, value]) =>
    [name, value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[language] : value])))

/** Records that a notice reached its addressee and tells lower rooms, once: clocks start here and nowhere earlier. */
export const noteDelivery = async (context: Context, noticeId: string, about: { kind: string; id: string }): Promise<void> => {
  if (await store(context.db).delivered(noticeId, context.now))
    await context.emit({ kind: 'notice.delivered', id: noticeId, detail: { aboutKind: about.kind, aboutId: about.id } })
}

export const api = room<any, typeof notices>(notices, {
  inbox: async ({ before }, { db, who, language }) => ({
    rows: (await store(db).inbox(who, before)).map(({ params, ...n }) => ({ ...n, text: sentence(n.kind, params, language) })),
    unread: await store(db).unread(who),
  }),
  open: async ({ id }, context) => {
    const s = store(context.db)
    const notice = await s.one(id)
    if (!notice) throw new Problem('request.not_found')
    await s.read(id, context.who.personId, context.now)
    await noteDelivery(context, id, { kind: notice.aboutKind, id: notice.aboutId })
    return { ok: true }
  },
})
