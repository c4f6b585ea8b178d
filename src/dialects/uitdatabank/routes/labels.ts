import { labelKey } from '../../../core/known.ts'
import { mayEverywhere } from '../../../core/policy.ts'
import type { Catalogue, RegisteredLabel } from '../../../core/principal.ts'
import { notFound, problem, refused } from '../../../core/problem.ts'
import type { SettingsEntry } from '../../../core/settings.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import type { LabelCommandBody, NewLabelBody } from '../bodies.ts'
import { violationsOfLabelCommand, violationsOfNewLabel } from '../bodies.ts'
import { readValid } from '../reading.ts'
import { toJson } from '../wire.ts'

/** The labels of a tenant: who may use them, and who sees them. */
export const labelRoutes: readonly Route[] = [
  { method: 'GET', path: '/labels', access: 'optional', handle: list },
  { method: 'POST', path: '/labels', access: 'required', handle: create },
  { method: 'GET', path: '/labels/:labelId', access: 'required', handle: show },
  { method: 'PATCH', path: '/labels/:labelId', access: 'required', handle: change },
]

/** Most labels of one page. */
const PAGE_LIMIT = 100
const PAGE_SIZE = 30

/** By name: those whose name is `name`, or contains `query`, whatever their case. */
async function list({ asker, query: search }: Request, { directory }: Services): Promise<Reply> {
  const asked = new URLSearchParams(search)
  const { catalogue } = directory.draft(asker).context
  const name = asked.get('name')
  const part = labelKey(asked.get('query') ?? '')
  const found = byName(catalogue.labels())
    .filter(({ key }) => key.includes(part) && (name === null || key === labelKey(name)))
    .map(({ label }) => label)
  const start = countOf(asked.get('start'), 0)
  const limit = Math.min(countOf(asked.get('limit'), PAGE_SIZE), PAGE_LIMIT)
  return json(200, {
    '@context': 'http://www.w3.org/ns/hydra/context.jsonld',
    '@type': 'PagedCollection',
    itemsPerPage: limit,
    totalItems: found.length,
    member: found.slice(start, start + limit).map(viewOf),
  })
}

interface Keyed {
  readonly key: string
  readonly label: RegisteredLabel
}

const sorted = new WeakMap<readonly RegisteredLabel[], readonly Keyed[]>()

/** Sorted once for each version of the register: anybody may ask for the list. */
function byName(labels: readonly RegisteredLabel[]): readonly Keyed[] {
  const known = sorted.get(labels)
  if (known !== undefined) return known
  const keyed = labels.map((label) => ({ key: labelKey(label.name), label }))
  keyed.sort((left, right) => (left.key < right.key ? -1 : 1))
  sorted.set(labels, keyed)
  return keyed
}

async function show({ asker, params }: Request, { directory }: Services): Promise<Reply> {
  const { catalogue } = directory.draft(asker).context
  return json(200, viewOf(requireLabel(catalogue, params['labelId'] ?? '')))
}

async function create(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, body } = request
  const { name: sent, visibility, privacy } = readValid(body, violationsOfNewLabel) as NewLabelBody
  const name = sent.trim()
  const number = await directory.keep(asker, async ({ catalogue, nextNumber }) => {
    requireManager(request, catalogue, 'labels')
    if (catalogue.label(name) !== undefined) throw refused('label-exists', { label: name })
    const value = {
      number: await nextNumber('label'),
      name,
      visible: visibility !== 'invisible',
      private: privacy === 'private',
    }
    return [value.number, { settings: [entryOf(asker.tenant, value)] }]
  })
  return json(201, { uuid: idOf(number) })
}

const COMMANDS: Readonly<Record<string, Partial<RegisteredLabel>>> = {
  MakeVisible: { visible: true },
  MakeInvisible: { visible: false },
  MakePublic: { private: false },
  MakePrivate: { private: true },
}

/** What is changed here shows in every document at once, and moves the `modified` of none. */
async function change(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, params, body } = request
  const id = params['labelId'] ?? ''
  requireLabel(directory.draft(asker).context.catalogue, id)
  const { command } = readValid(body, violationsOfLabelCommand) as LabelCommandBody
  await directory.keep(asker, async ({ catalogue }) => {
    const label = requireLabel(catalogue, id)
    requireManager(request, catalogue, id)
    const after = { ...label, ...COMMANDS[command] }
    const isSame = after.visible === label.visible && after.private === label.private
    return [undefined, { settings: isSame ? [] : [entryOf(asker.tenant, after)] }]
  })
  return { status: 204 }
}

/** A label's id is its number, written as a UUID of the sort that has no meaning of its own. @see RFC 9562 §5.8 */
function idOf(number: number): string {
  return `00000000-0000-8000-8000-${String(number).padStart(12, '0')}`
}

const ID = /^00000000-0000-8000-8000-(\d{12})$/

/** By id, else by name: a name may look like the id of another. @throws Problem not-found */
function requireLabel(catalogue: Catalogue, id: string): RegisteredLabel {
  const number = Number(ID.exec(id)?.[1])
  const label = catalogue.labels().find((one) => one.number === number) ?? catalogue.label(id)
  if (label === undefined) throw notFound('label', id)
  return label
}

/** @throws Problem forbidden */
function requireManager({ asker }: Request, catalogue: Catalogue, id: string): void {
  if (mayEverywhere(asker.principal, 'access.manage', catalogue)) return
  throw problem('forbidden', { action: 'access.manage', principal: asker.principal?.id ?? '', id })
}

function entryOf(tenant: string, value: RegisteredLabel): SettingsEntry {
  return { kind: 'label', tenant, id: labelKey(value.name), value }
}

function viewOf(label: RegisteredLabel) {
  return {
    uuid: idOf(label.number),
    name: label.name,
    visibility: label.visible ? 'visible' : 'invisible',
    privacy: label.private ? 'private' : 'public',
  }
}

/** What is no number from 0 is as if it were not there. */
function countOf(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: toJson(value) }
}
