import fc from 'fast-check'
import { HEADERS, headerTexts, pieces, spelled, texts, values } from './odd-values.ts'

/** A request as it goes out. */
export interface Sent {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** One thing wrong with a request. */
type Spoil = (request: Sent) => fc.Arbitrary<Sent>

/** The request with one to three things wrong with it. */
export function spoiled(request: Sent): fc.Arbitrary<Sent> {
  const ofBody = request.body.length === 0 ? [inBytes] : [inJson, inJson, inJson, inBytes, cut]
  const spoils = [...ofBody, ...ofBody, inPath, inQuery, inHeaders, inHeaders, inMethod]
  return fc
    .array(fc.constantFrom(...spoils), { minLength: 1, maxLength: 3 })
    .chain((chosen) => chosen.reduce((all, spoil) => all.chain(spoil), fc.constant(request)))
}

const inPath: Spoil = (request) => {
  const [path = '', ...query] = request.target.split('?')
  const [first = '', ...steps] = path.split('/')
  return fc
    .tuple(fc.nat(steps.length - 1), spelled, fc.constantFrom<'' | 'old' | 'old/'>('', 'old', 'old/'))
    .map(([at, text, before]) => {
      const other = `${before.replace('old', steps[at] ?? '')}${text}`
      return { ...request, target: [[first, ...steps.with(at, other)].join('/'), ...query].join('?') }
    })
}

const inQuery: Spoil = (request) => {
  const [path = '', query = ''] = request.target.split('?')
  const told = query === '' ? ['x='] : query.split('&')
  return fc
    .tuple(fc.nat(told.length - 1), spelled, fc.constantFrom<Change>('other', 'gone', 'renamed', 'twice'))
    .map(([at, text, change]) => {
      const pair = told[at] ?? ''
      const [name = '', value = ''] = pair.split('=')
      const other = { other: [`${name}=${text}`], gone: [], renamed: [`${text}=${value}`] }
      const now = change === 'twice' ? [pair, `${name}=${text}`] : other[change]
      return { ...request, target: `${path}?${told.toSpliced(at, 1, ...now).join('&')}` }
    })
}

const inHeaders: Spoil = (request) => {
  const own = request.headers.map(([name]) => name.toLowerCase())
  return fc
    .tuple(
      fc.constantFrom(...own, ...own, ...HEADERS),
      headerTexts,
      fc.constantFrom('other', 'gone', 'twice'),
    )
    .map(([name, text, change]) => {
      const others = request.headers.filter(([one]) => change === 'twice' || one.toLowerCase() !== name)
      return { ...request, headers: change === 'gone' ? others : [...others, [name, text]] }
    })
}

const inMethod: Spoil = (request) =>
  fc
    .constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
    .map((method) => ({ ...request, method }))

const inBytes: Spoil = (request) =>
  fc.tuple(fc.nat(request.body.length), fc.nat(12), pieces).map(([at, gone, piece]) => ({
    ...request,
    body: Buffer.concat([request.body.subarray(0, at), piece, request.body.subarray(at + gone)]),
  }))

const cut: Spoil = (request) =>
  fc.nat(request.body.length).map((length) => ({ ...request, body: request.body.subarray(0, length) }))

/** Somewhere in a body of JSON; in others, as in any bytes. */
const inJson: Spoil = (request) => {
  const parsed = jsonIn(request.body)
  if (parsed === undefined) return inBytes(request)
  const odd = fc.record({
    change: fc.constantFrom<Change>('other', 'other', 'gone', 'renamed', 'twice'),
    value: values,
    name: texts,
  })
  return fc.tuple(fc.constantFrom(...placesIn(parsed.value)), odd).map(([place, what]) => ({
    ...request,
    body: Buffer.from(JSON.stringify(changedAt(parsed.value, place, what)) ?? ''),
  }))
}

type Change = 'other' | 'gone' | 'renamed' | 'twice'

interface Odd {
  readonly change: Change
  readonly value: unknown
  readonly name: string
}

type Place = readonly string[]

function jsonIn(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString()) }
  } catch {
    return undefined
  }
}

/** Where there is a value, the whole and all that contain others included. */
function placesIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [place]
  return [place, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...place, key]))]
}

function changedAt(within: unknown, [key, ...rest]: Place, odd: Odd): unknown {
  if (key === undefined) return odd.value
  const entries = Object.entries(within as object).flatMap(([name, old]: [string, unknown]) => {
    if (name !== key) return [[name, old] as const]
    return rest.length > 0 ? [[name, changedAt(old, rest, odd)] as const] : changed(name, old, odd)
  })
  return Array.isArray(within) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

/** What stands in place of a member or an item; an item that is renamed comes behind another. */
function changed(name: string, old: unknown, odd: Odd): readonly (readonly [string, unknown])[] {
  switch (odd.change) {
    case 'other':
      return [[name, odd.value]]
    case 'gone':
      return []
    case 'renamed':
      return [[odd.name, old]]
    case 'twice':
      return [
        [name, old],
        [odd.name, old],
      ]
  }
}
