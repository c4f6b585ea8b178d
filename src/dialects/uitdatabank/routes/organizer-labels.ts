import { labelKey } from '../../../core/known.ts'
import { refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import type { LabelsBody } from '../bodies.ts'
import { violationsOfLabels } from '../bodies.ts'
import { labels, labelsAlone, mayUseLabel } from '../lens/labels.ts'
import { readValid } from '../reading.ts'
import { isLabelName } from '../wire.ts'
import { afterOrganizer, keyOf } from './organizer-key.ts'

const LABELS = '/organizers/:organizerId/labels'

/** The labels of an organizer. The order of the methods of one path is that of its `Allowed:` list. */
export const organizerLabelRoutes: readonly Route[] = [
  { method: 'PUT', path: LABELS, access: 'required', handle: replace },
  { method: 'DELETE', path: `${LABELS}/:labelName`, access: 'required', handle: remove },
  { method: 'PUT', path: `${LABELS}/:labelName`, access: 'required', handle: add },
]

async function replace(request: Request, services: Services): Promise<Reply> {
  const input = await afterOrganizer(
    request,
    services,
    () => readValid(request.body, violationsOfLabels) as LabelsBody,
  )
  await services.directory.execute(request.asker, {
    lens: labels,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return { status: 204 }
}

/** The body does not count. */
function add(request: Request, services: Services): Promise<Reply> {
  return write(request, services, (names, name) =>
    names.some((other) => labelKey(other) === labelKey(name)) ? names : [...names, name],
  )
}

function remove(request: Request, services: Services): Promise<Reply> {
  return write(request, services, (names, name) =>
    names.filter((other) => labelKey(other) !== labelKey(name)),
  )
}

/** One label needs no right to the organizer, only the right to use that label. @see specs/uitdatabank.md 5.4 */
async function write(
  request: Request,
  services: Services,
  edit: (names: readonly string[], name: string) => readonly string[],
): Promise<Reply> {
  const name = await afterOrganizer(request, services, () => labelIn(request))
  await services.directory.execute(request.asker, {
    lens: labelsAlone,
    target: keyOf(request),
    input: (view) => ({ labels: edit(view.labels, name) }),
    permission: 'organizations.edit',
    opens: ['labels'],
    require: (_dossier, context) => {
      if (!mayUseLabel(name, context)) throw refused('label-reserved', { label: name })
    },
  })
  return { status: 204 }
}

/** @throws Problem refused, told as a path that does not exist */
function labelIn({ params }: Request): string {
  const { labelName = '' } = params
  if (!isLabelName(labelName)) throw refused('label-name')
  return labelName.trim()
}
