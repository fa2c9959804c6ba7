import { fill, type Language } from '#base/messages.ts'
import { messages } from '../messages.ts'

/** What a person is told after a submission: that it arrived, what is still to come, and which files cannot be used and why. */
export const receivedSentence = (result: { readonly title: string; readonly waiting: number; readonly refused: readonly { readonly name: string; readonly refusal: string }[] }, language: Language): string => {
  const t = messages[language]
  const said = [fill(t.received, { title: result.title })]
  if (result.waiting > 0) said.push(fill(t.receivedWaiting, { n: result.waiting }))
  if (result.refused.length > 0) said.push(fill(t.receivedRefused, { files: result.refused.map((r) => fill(t.refusedFile, { name: r.name, reason: refusalWord(r.refusal, language) })).join(', ') }))
  return said.join(' ')
}

/** Why a file was refused, in words. */
export const refusalWord = (refusal: string, language: Language): string => {
  const key = `refusal_${refusal}`
  return key in messages[language] ? messages[language][key as keyof (typeof messages)['id']] : refusal
}
