/** Values that earlier replies gave, by name; `base` is the address of the server. */
export type Captures = Map<string, unknown>

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`
const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
const DATE = String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`

/** Stands for any value of its kind. */
const KINDS: Readonly<
  Record<string, { readonly pattern: string; readonly is: (value: unknown) => boolean }>
> = {
  any: { pattern: '[\\s\\S]*', is: (value) => value !== undefined },
  string: { pattern: '[\\s\\S]*', is: (value) => typeof value === 'string' },
  number: { pattern: NUMBER, is: (value) => typeof value === 'number' },
  uuid: { pattern: UUID, is: (value) => isText(value, UUID) },
  date: { pattern: DATE, is: (value) => isText(value, DATE) },
}

const PLACEHOLDER = /\{\{(=?)([A-Za-z][\w-]*)\}\}/g
const WHOLE = /^\{\{(=?)([A-Za-z][\w-]*)\}\}$/

/** As a member or the last element: there may be others. */
const OTHERS = '{{...}}'

/** How two JSON values differ, one line for each place; empty when `found` is what is expected. Captures as it goes. */
export function jsonDifferences(
  expected: unknown,
  found: unknown,
  captures: Captures,
  path = '$',
): readonly string[] {
  if (typeof expected === 'string') return textDifferences(expected, found, captures, path)
  if (Array.isArray(expected)) return arrayDifferences(expected, found, captures, path)
  if (typeof expected === 'object' && expected !== null) {
    return objectDifferences(expected as Record<string, unknown>, found, captures, path)
  }
  return expected === found ? [] : [difference(path, expected, found)]
}

/** The text with every `{{NAME}}` replaced by what was captured. @throws Error when nothing was */
export function filled(text: string, captures: Captures): string {
  return text.replace(PLACEHOLDER, (placeholder, equals: string, name: string) => {
    if (equals !== '' || name in KINDS) throw new Error(`${placeholder} cannot be sent`)
    return String(captured(name, captures))
  })
}

/** Whether `found` is the expected text; captures what its placeholders name. */
export function isMatchingText(expected: string, found: string, captures: Captures): boolean {
  const names: string[] = []
  let from = 0
  let pattern = ''
  for (const placeholder of expected.matchAll(PLACEHOLDER)) {
    const [whole, equals, name = ''] = placeholder
    pattern += RegExp.escape(expected.slice(from, placeholder.index))
    from = placeholder.index + whole.length
    if (equals === '=') names.push(name)
    if (equals === '=') pattern += '([\\s\\S]+)'
    else
      pattern +=
        KINDS[name] === undefined
          ? RegExp.escape(String(captured(name, captures)))
          : `(?:${KINDS[name].pattern})`
  }
  const match = new RegExp(`^${pattern}${RegExp.escape(expected.slice(from))}$`).exec(found)
  if (match === null) return false
  for (const [at, name] of names.entries()) captures.set(name, match[at + 1])
  return true
}

function textDifferences(
  expected: string,
  found: unknown,
  captures: Captures,
  path: string,
): readonly string[] {
  const [, equals, name = ''] = WHOLE.exec(expected) ?? []
  if (equals === '=') {
    if (found === undefined) return [difference(path, expected, found)]
    captures.set(name, found)
    return []
  }
  const kind = KINDS[name]
  if (kind !== undefined) return kind.is(found) ? [] : [difference(path, expected, found)]
  if (name !== '') {
    const value = captured(name, captures)
    return JSON.stringify(value) === JSON.stringify(found) ? [] : [difference(path, value, found)]
  }
  const isSame = typeof found === 'string' && isMatchingText(expected, found, captures)
  return isSame ? [] : [difference(path, expected, found)]
}

function arrayDifferences(
  expected: readonly unknown[],
  found: unknown,
  captures: Captures,
  path: string,
): readonly string[] {
  if (!Array.isArray(found)) return [difference(path, expected, found)]
  const isOpen = expected.at(-1) === OTHERS
  const listed = isOpen ? expected.slice(0, -1) : expected
  const differences = listed.flatMap((member, at) =>
    jsonDifferences(member, found[at], captures, `${path}[${at}]`),
  )
  const extra = isOpen ? [] : found.slice(listed.length)
  return [
    ...differences,
    ...extra.map((member, at) => difference(`${path}[${listed.length + at}]`, undefined, member)),
  ]
}

function objectDifferences(
  expected: Readonly<Record<string, unknown>>,
  found: unknown,
  captures: Captures,
  path: string,
): readonly string[] {
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    return [difference(path, expected, found)]
  const { [OTHERS]: others, ...listed } = expected
  const members = found as Readonly<Record<string, unknown>>
  const wanted = Object.entries(listed).map(([key, value]) => [filled(key, captures), value] as const)
  const differences = wanted.flatMap(([key, value]) =>
    jsonDifferences(
      value,
      Object.hasOwn(members, key) ? members[key] : undefined,
      captures,
      `${path}.${key}`,
    ),
  )
  if (others !== undefined) return differences
  const names = new Set(wanted.map(([key]) => key))
  const extra = Object.keys(members).filter((key) => !names.has(key))
  return [...differences, ...extra.map((key) => difference(`${path}.${key}`, undefined, members[key]))]
}

function difference(path: string, expected: unknown, found: unknown): string {
  return `${path}: expected ${told(expected)}, found ${told(found)}`
}

function told(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function captured(name: string, captures: Captures): unknown {
  if (!captures.has(name)) throw new Error(`nothing was captured as ${name}`)
  return captures.get(name)
}

function isText(value: unknown, pattern: string): boolean {
  return typeof value === 'string' && new RegExp(`^(?:${pattern})$`).test(value)
}
