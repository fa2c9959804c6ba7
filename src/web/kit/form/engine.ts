/**
 * The one module that knows @getodk/xforms-engine. It is pinned exactly (pre-1.0); everything else sees the types of
 * nodes.ts and the functions below.
 */
import { loadForm } from '@getodk/xforms-engine'
import { shallowReactive } from 'vue'
import type { Language } from '#base/messages.ts'
import { progressOf, questions, type Node, type Progress, type RootNode, type UploadNode, type ViolationAt } from './nodes.ts'
import { identityOf, prepare, type Identity } from './xform.ts'

/** A form's files by name: choice lists as text, pictures as Blob. */
export type Media = Readonly<Record<string, string | Blob>>

/** How an instance begins: empty, as a draft left it, or as the correction of something already submitted. */
export type Start =
  | { readonly kind: 'new'; readonly prefill?: Readonly<Record<string, string>> }
  | { readonly kind: 'draft'; readonly xml: string; readonly files: readonly File[] }
  | { readonly kind: 'edit'; readonly xml: string; readonly files: readonly File[] }

export interface Serialised extends Identity {
  readonly xml: string
  /** Every attachment of a question that applies now; `name` is what the XML says. */
  readonly files: readonly File[]
  readonly progress: Progress
}

export interface Filling {
  readonly root: RootNode
  readonly nodes: () => readonly Node[]
  /** Question path → form language → guidance. */
  readonly guidance: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly language: () => string
  /** Shows the form in the reader's language if the form has it; leaves it as it is otherwise. Answers are untouched. */
  readonly setLanguage: (language: Language) => void
  readonly violations: () => readonly ViolationAt[]
  /** The instance as it is now, finished or not. */
  readonly serialise: () => Serialised
  /** The same after the form's closing act, which stamps the `end` of the visit. */
  readonly finish: () => Promise<Serialised>
  /** Calls back after any change of state; several changes in one turn may call several times. */
  readonly onChange: (listener: () => void) => () => void
}

// The few calls of the package that are used, in our words.
interface EngineLanguage {
  readonly language: string
  readonly locale?: Intl.Locale
}
interface EngineRoot extends RootNode {
  readonly languages: readonly EngineLanguage[]
  setLanguage(language: EngineLanguage): unknown
  prepareInstancePayload(options: object): Promise<unknown>
}
interface EngineInstance {
  readonly root: EngineRoot
}
interface EngineForm {
  readonly status: 'success' | 'warning' | 'failure'
  readonly error: Error | null
  createInstance(config: object): EngineInstance
  restoreInstance(input: object, config: object): Promise<EngineInstance>
  editInstance(input: object, config: object): Promise<EngineInstance>
}

const types: Readonly<Record<string, string>> = { csv: 'text/csv', xml: 'text/xml', geojson: 'application/geo+json' }

/** The last part of `jr://file-csv/kelas.csv`. */
export const mediaName = (url: URL): string => decodeURIComponent(url.pathname.split('/').at(-1) ?? '')

const serve = (media: Media) => async (url: URL) => {
  const name = mediaName(url)
  const file = media[name]
  if (file === undefined) return new Response('', { status: 404 })
  const type = types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? (file instanceof Blob ? file.type : 'text/plain')
  return new Response(file, { headers: { 'content-type': type } })
}

const instanceData = (xml: string, files: readonly File[]): FormData => {
  const data = new FormData()
  data.append('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }))
  for (const file of files) data.append(file.name, file, file.name)
  return data
}

const uploads = (nodes: readonly Node[]): UploadNode[] => questions(nodes).filter((node): node is UploadNode => node.nodeType === 'upload')

/** The engine takes restored files in after a turn or two; until then an upload looks empty and must not be saved. */
const filesArrived = async (root: RootNode): Promise<void> => {
  while (uploads(root.currentState.children).some((node) => node.currentState.attachmentState.loading))
    await new Promise((resolve) => setTimeout(resolve))
}

const inLanguage = (languages: readonly EngineLanguage[], wanted: Language): EngineLanguage | undefined =>
  languages.find(({ locale }) => locale?.language === wanted) ??
  languages.find(({ language }) => (wanted === 'id' ? /indonesia/i : /english|inggris/i).test(language))

/**
 * Loads a form and starts an instance of it.
 * @param xml the XForm @param media its files by name; a missing choice list is an empty one
 * @throws Error when the form cannot be read, or the instance belongs to another form
 */
export const startFilling = async (xml: string, media: Media, start: Start, username?: string): Promise<Filling> => {
  const prepared = prepare(xml, start.kind === 'new' ? start.prefill : {}, start.kind === 'draft' ? start.xml : undefined)
  const form = (await loadForm(prepared.xml, {
    fetchFormAttachment: serve(media),
    missingResourceBehavior: 'BLANK',
  } as never)) as unknown as EngineForm
  if (form.status === 'failure') throw form.error ?? new Error('the form could not be read')

  const listeners = new Set<() => void>()
  const config = {
    // The engine writes into the objects made here; the extra layer tells that something changed.
    stateFactory: <T extends object>(state: T): T =>
      new Proxy(shallowReactive(state) as T, {
        set: (target, key, value) => {
          const done = Reflect.set(target, key, value)
          for (const listener of listeners) listener()
          return done
        },
      }),
    // Names are made unique where a file is taken in (attachmentName), so the engine keeps them.
    instanceAttachments: { fileNameFactory: () => null },
    preloadProperties: username ? { username } : {},
  }
  const data = start.kind === 'new' ? null : [instanceData(start.xml, start.files)]
  const instance =
    start.kind === 'new'
      ? form.createInstance(config)
      : start.kind === 'draft'
        ? await form.restoreInstance({ data }, config)
        : await form.editInstance({ inputType: 'FORM_INSTANCE_INPUT_RESOLVED', data }, config)
  const { root } = instance
  await filesArrived(root)

  const nodes = () => root.currentState.children
  const serialise = (): Serialised => {
    const written = root.instanceState.instanceXML
    // Walked by hand: the engine leaves out of its payload the files that were not touched since a draft was restored.
    const files = uploads(nodes()).flatMap(({ currentState: { value, instanceValue } }) =>
      value ? [value.name === instanceValue ? value : new File([value], instanceValue, { type: value.type })] : [],
    )
    return { xml: written, files, ...identityOf(written), progress: progressOf(nodes()) }
  }
  return {
    root,
    nodes,
    guidance: prepared.guidance,
    language: () => root.currentState.activeLanguage.language,
    setLanguage: (language) => {
      const found = inLanguage(root.languages, language)
      if (found && found.language !== root.currentState.activeLanguage.language) root.setLanguage(found)
    },
    violations: () => root.validationState.violations,
    serialise,
    finish: async () => {
      await root.prepareInstancePayload({ payloadType: 'monolithic' })
      return serialise()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A file name no other attachment of the instance has: the question's name and eight random hexadecimal digits. */
export const attachmentName = (reference: string, extension: string): string => {
  const question = reference.split('/').at(-1)?.replace(/\[\d+\]/, '') ?? 'file'
  const random = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${question}-${random}.${extension}`
}
