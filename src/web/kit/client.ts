import type { Contract, Endpoint, Input, Reply } from '#base/endpoint.ts'
import { fill } from '#base/messages.ts'
import { kitMessages } from './messages.ts'
import { wire } from './request.ts'
import { language } from './text.ts'

/** What the server refused, or why it could not be asked. `message` is a sentence for the reader, in the screen's language. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: Readonly<Record<string, unknown>>
  constructor(code: string, status: number, detail: Readonly<Record<string, unknown>>, message: string) {
    super(message)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.detail = detail
  }
}

const own = (code: string, status: number, key: keyof (typeof kitMessages)['id'], values: Record<string, unknown> = {}): ApiProblem =>
  new ApiProblem(code, status, values, fill(kitMessages[language.value][key], values))

/** Anything thrown, as a problem that can be shown. */
export const problemOf = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : own('client.unexpected', 0, 'unexpected', { reason: error instanceof Error ? error.message : String(error) })

const membershipKey = 'pantau.membership'
/** The membership the person acts under when they have several; sent with every call. */
export const membership = {
  get: (): string | null => localStorage.getItem(membershipKey),
  set: (id: string | null): void => (id ? localStorage.setItem(membershipKey, id) : localStorage.removeItem(membershipKey)),
}

const lost = new Set<() => void>()
/** Called when the server says that nobody is signed in any more (401). */
export const onSignedOut = (act: () => void): void => void lost.add(act)

export interface RequestOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** One call to `/api` + path. A Blob, FormData or text body goes as it is, everything else as JSON. Throws ApiProblem unless the answer is 2xx. */
export const request = async (method: string, path: string, options: RequestOptions = {}): Promise<Response> => {
  const raw = options.body instanceof Blob || options.body instanceof FormData || typeof options.body === 'string'
  const chosen = membership.get()
  const headers: Record<string, string> = {
    'x-requested-with': 'pantau',
    'accept-language': language.value,
    ...(chosen ? { 'x-pantau-membership': chosen } : {}),
    ...(options.body === undefined || raw ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
  }
  const body = options.body === undefined ? null : raw ? (options.body as Blob | FormData | string) : JSON.stringify(options.body)
  let response: Response
  try {
    response = await fetch(`/api${path}`, { method, headers, body, credentials: 'same-origin', signal: options.signal ?? null })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw own('client.offline', 0, 'offline')
  }
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => null)
  const said = (answer && typeof answer === 'object' ? answer : {}) as { code?: string; detail?: Record<string, unknown>; message?: string }
  if (response.status === 401) for (const act of lost) act()
  if (said.code && said.message) throw new ApiProblem(said.code, response.status, said.detail ?? {}, said.message)
  throw own(said.code ?? 'client.unreadable', response.status, 'unreadable', { status: response.status })
}

type Call<E extends Endpoint> = object extends Input<E>
  ? (input?: Input<E>, signal?: AbortSignal) => Promise<Reply<E>>
  : (input: Input<E>, signal?: AbortSignal) => Promise<Reply<E>>

/** A contract as functions: `const api = client(findings)`, then `await api.open({ id, note })`. */
export const client = <C extends Contract>(contract: C): { readonly [K in keyof C]: Call<C[K]> } =>
  Object.fromEntries(
    Object.entries(contract).map(([name, endpoint]) => [
      name,
      async (input: Record<string, unknown> = {}, signal?: AbortSignal) => {
        const { method, url, body } = wire(endpoint, input)
        const response = await request(method, url, { ...(body ? { body } : {}), signal })
        return response.status === 204 ? undefined : response.json()
      },
    ]),
  ) as unknown as { readonly [K in keyof C]: Call<C[K]> }

/** The bytes of an endpoint that answers with a file, and the name the server gave it. */
export const fetchFile = async <E extends Endpoint>(endpoint: E, input: Input<E>): Promise<{ blob: Blob; name: string }> => {
  const { method, url, body } = wire(endpoint, input as Record<string, unknown>)
  const response = await request(method, url, body ? { body } : {})
  const disposition = response.headers.get('content-disposition') ?? ''
  const plain = /filename="?([^";]+)"?/.exec(disposition)?.[1]
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return { blob: await response.blob(), name: extended ? decodeURIComponent(extended) : (plain ?? 'pantau') }
}

/** Fetches a file and hands it to the browser's downloads. */
export const download = async <E extends Endpoint>(endpoint: E, input: Input<E>, name?: string): Promise<void> => {
  const file = await fetchFile(endpoint, input)
  saveAs(file.blob, name ?? file.name)
}

/** Hands bytes made here to the browser's downloads. */
export const saveAs = (blob: Blob, name: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
