import type { Catalogue } from '../../../core/principal.ts'
import { notFound, refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { fieldInfoOf, udefInfoOf } from '../field-infos.ts'
import { type FieldDefinition, fieldsOf } from '../lens/field-definitions.ts'
import { answerTypeFor, textOf } from '../media-types.ts'
import { lastSegmentOf } from '../paths.ts'
import { flagOption } from '../query.ts'
import { carrierReply } from '../replies.ts'

const CONTACT = '/api/v1/contact'
const FIELDS = `${CONTACT}/customfield`
const LAYOUT = `${CONTACT}/udeflayout`

const required = { access: 'required' } as const
const fixed = { access: 'required', handle: refuseToDefine } as const

/**
 * What custom fields there are. They are the operator's: nothing is ever being changed or published here, and whoever
 * tries to is refused. @see specs/superoffice.md 2.8; choice 43
 */
export const fieldRoutes: readonly Route[] = [
  { method: 'GET', path: FIELDS, ...required, handle: listFields },
  { method: 'GET', path: `${FIELDS}/:name`, ...required, handle: showField },
  { method: 'GET', path: LAYOUT, ...required, handle: listLayout },
  { method: 'PUT', path: LAYOUT, ...fixed },
  { method: 'POST', path: LAYOUT, ...fixed },
  { method: 'GET', path: `${LAYOUT}/published`, ...required, handle: listLayout },
  { method: 'GET', path: `${LAYOUT}/published/:name`, ...required, handle: showLayoutField },
  { method: 'GET', path: `${LAYOUT}/changed`, ...required, handle: showIsChanged },
  { method: 'GET', path: `${LAYOUT}/publish`, ...required, handle: showIsPublishing },
  { method: 'POST', path: `${LAYOUT}/publish`, ...fixed },
  { method: 'POST', path: `${LAYOUT}/revert`, ...fixed },
  { method: 'GET', path: `${LAYOUT}/:name`, ...required, handle: showLayoutField },
  { method: 'DELETE', path: `${LAYOUT}/:name`, ...fixed },
  { method: 'POST', path: `${LAYOUT}/:name/changeto/:type`, ...fixed },
]

async function listFields({ asker, headers }: Request, { directory }: Services): Promise<Reply> {
  const { catalogue } = directory.draft(asker).context
  const infos = fieldsOf(catalogue).all.map((field) => fieldInfoOf(field, asker.language))
  return carrierReply('ArrayOfFieldInfoBase', infos, headers)
}

/** By its key, whatever the case. */
async function showField(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers, path } = request
  const name = lastSegmentOf(path)
  const asked = name.toLowerCase()
  const { all } = fieldsOf(directory.draft(asker).context.catalogue)
  const field = all.find(({ key }) => key === name) ?? all.find(({ key }) => key.toLowerCase() === asked)
  if (field === undefined) throw notFound('field', name)
  return carrierReply('FieldInfoBase', fieldInfoOf(field, asker.language), headers)
}

async function listLayout({ asker, headers }: Request, { directory }: Services): Promise<Reply> {
  const infos = udefsOf(directory.draft(asker).context.catalogue).map((field) =>
    udefInfoOf(field, asker.language),
  )
  return carrierReply('ArrayOfUserDefinedFieldInfo', infos, headers)
}

/** By number, prog-id or label, which keep their case. */
async function showLayoutField(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers, path } = request
  const name = lastSegmentOf(path)
  const udefs = udefsOf(directory.draft(asker).context.catalogue)
  const field =
    udefs.find(({ progId, key }) => progId === name || key === name) ??
    udefs.find(({ identity }) => String(identity) === name) ??
    udefs.find(({ label }) => label === name)
  if (field === undefined) throw notFound('field', name)
  return carrierReply('UserDefinedFieldInfo', udefInfoOf(field, asker.language), headers)
}

async function showIsChanged({ headers, query }: Request): Promise<Reply> {
  flagOption(query, 'columnchangesonly')
  return neverReply(headers)
}

async function showIsPublishing({ headers }: Request): Promise<Reply> {
  return neverReply(headers)
}

function neverReply(headers: Request['headers']): Reply {
  const contentType = answerTypeFor(headers)
  return {
    status: 200,
    headers: { 'content-type': contentType },
    body: textOf(contentType, 'boolean', false),
  }
}

async function refuseToDefine(): Promise<Reply> {
  throw refused('definitions-are-fixed')
}

function udefsOf(catalogue: Catalogue): readonly FieldDefinition[] {
  return fieldsOf(catalogue).all.filter((field) => field.in === 'udef')
}
