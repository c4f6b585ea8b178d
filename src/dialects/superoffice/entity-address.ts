import type { Json, JsonObject } from '../kit/json.ts'
import type { Path } from './values.ts'
import { anyText, degrees, list, memberOf, object } from './values.ts'
import { WIRE_FIELDS } from './wire/layouts.ts'
import type { AddressInput, LocalizedInput } from './wire.ts'

/** `streetaddress1` → `StreetAddress1`: every field that a layout of a company can have. */
const LOCALIZED_NAMES: ReadonlyMap<string, string> = new Map(
  ['Street', 'Postal']
    .flatMap((use) => WIRE_FIELDS.map((field) => `${use}${field}`))
    .map((name) => [name.toLowerCase(), name]),
)

const latitude = degrees(90)
const longitude = degrees(180)

/** @throws Problem body-invalid, refused */
export function readAddress(value: Json, path: Path): AddressInput {
  const address = object(value, path)
  return {
    Wgs84Latitude: readMember(address, 'Wgs84Latitude', path, latitude),
    Wgs84Longitude: readMember(address, 'Wgs84Longitude', path, longitude),
    LocalizedAddress: readMember(address, 'LocalizedAddress', path, localizedFields),
    Street: readMember(address, 'Street', path, structuredAddress),
    Postal: readMember(address, 'Postal', path, structuredAddress),
  }
}

function readMember<T>(
  carrier: JsonObject,
  name: string,
  path: Path,
  read: (value: Json, path: Path) => T,
): T | undefined {
  const value = memberOf(carrier, name)
  return value === undefined ? undefined : read(value, [...path, name])
}

/** Lines of fields; a field counts by its name, wherever it stands. */
function localizedFields(value: Json, path: Path): Readonly<Record<string, LocalizedInput>> {
  const lines = list((line, at) => list(localizedField)(line, at))(value, path)
  return Object.fromEntries(lines.flat())
}

function localizedField(member: Json, path: Path): readonly [string, LocalizedInput] | undefined {
  const field = object(member, path)
  const name = memberOf(field, 'Name')
  if (typeof name !== 'string') return undefined
  const known = LOCALIZED_NAMES.get(name.trim().toLowerCase())
  if (known === undefined) return undefined
  const Value = readMember(field, 'Value', path, anyText) ?? ''
  const length = memberOf(field, 'ValueLength')
  return [known, { Value, ValueLength: lengthIn(length) }]
}

/** A whole address: what it does not say is blank. */
function structuredAddress(value: Json, path: Path): Readonly<Record<string, string>> {
  const address = object(value, path)
  const read: Record<string, string> = {}
  for (const field of WIRE_FIELDS) read[field] = readMember(address, field, path, anyText) ?? ''
  return read
}

const LENGTH = /^\d{1,4}$/

/** In XML and in forms a number is a text. */
function lengthIn(value: Json | undefined): number | undefined {
  const length = typeof value === 'string' && LENGTH.test(value) ? Number(value) : value
  return typeof length === 'number' && length > 0 ? length : undefined
}
