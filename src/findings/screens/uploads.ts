import { computed, shallowRef } from 'vue'
import { findings, largestFile, mostFiles } from '../contract.ts'
import { messages } from '../messages-screens.ts'
import type { ReplyDraft } from './draft.ts'
import { client, problemOf } from '#web/kit/client.ts'
import { useFormat, useText } from '#web/kit/text.ts'

export interface Upload {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly state: 'waiting' | 'sending' | 'kept' | 'refused'
  readonly sha256: string | null
  /** Why it was refused. */
  readonly reason: string | null
  /** Still at hand to be sent again: it was the way that failed, not the file. */
  readonly file: File | null
}
const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

/** The files of one reply: sent one after the other as soon as they are chosen. A refused one says why and leaves the others alone. */
export const useUploads = (findingId: string, kept: ReplyDraft['files']) => {
  const t = useText(messages)
  const f = useFormat()
  const api = client(findings)
  let last = 0
  const uploads = shallowRef<readonly Upload[]>(kept.map((x) => ({ key: last++, name: x.name, size: x.size, state: 'kept', sha256: x.sha256, reason: null, file: null })))
  const change = (key: number, to: Partial<Upload>): void => void (uploads.value = uploads.value.map((u) => (u.key === key ? { ...u, ...to } : u)))
  const counted = (): number => uploads.value.filter((u) => u.state !== 'refused').length

  const send = async ({ key, file }: Upload & { file: File }): Promise<void> => {
    change(key, { state: 'sending', reason: null })
    let content: string
    try {
      content = await base64(file)
    } catch {
      return change(key, { state: 'refused', reason: t('unreadable'), file: null })
    }
    try {
      const { sha256 } = await api.addFile({ id: findingId, content })
      const same = uploads.value.find((u) => u.sha256 === sha256 && u.key !== key)
      change(key, same ? { state: 'refused', reason: t('sameFile', { name: same.name }), file: null } : { state: 'kept', sha256, file: null })
    } catch (error) {
      const { message, status } = problemOf(error)
      const way = status === 0 || status === 401 || status === 429 || status >= 500
      change(key, { state: 'refused', reason: message, file: way ? file : null })
    }
  }
  let running = false
  const pump = async (): Promise<void> => {
    if (running) return
    running = true
    for (let next; (next = uploads.value.find((u): u is Upload & { file: File } => u.state === 'waiting' && u.file !== null)); ) await send(next)
    running = false
  }
  const refusal = (file: File): string | null =>
    file.size === 0 ? t('emptyFile') : file.size > largestFile ? t('tooLarge', { limit: `${f.value.count(largestFile / 1e6)} MB` }) : counted() >= mostFiles ? t('tooMany', { n: mostFiles }) : null

  const add = (files: readonly File[]): void => {
    for (const file of files) {
      const reason = refusal(file)
      uploads.value = [...uploads.value, { key: last++, name: file.name, size: file.size, state: reason ? 'refused' : 'waiting', sha256: null, reason, file: reason ? null : file }]
    }
    void pump()
  }
  const again = (key: number): void => {
    if (counted() >= mostFiles) return change(key, { reason: t('tooMany', { n: mostFiles }) })
    change(key, { state: 'waiting' })
    void pump()
  }
  return {
    uploads, add, again,
    remove: (key: number): void => void (uploads.value = uploads.value.filter((u) => u.key !== key)),
    clear: (): void => void (uploads.value = []),
    ready: computed(() => uploads.value.flatMap((u) => (u.state === 'kept' && u.sha256 ? [{ sha256: u.sha256, name: u.name, size: u.size }] : []))),
    refused: computed(() => uploads.value.filter((u) => u.state === 'refused').length),
    pending: computed(() => uploads.value.filter((u) => u.state === 'waiting' || u.state === 'sending').length),
  }
}
