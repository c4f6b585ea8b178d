import type { Address } from '../../../core/address.ts'
import { withAddress } from '../../../core/address.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { withOrganization } from '../../../core/dossier.ts'
import type { Item } from '../../../core/items.ts'
import type { Organization } from '../../../core/organization.ts'
import { clip, lengthOf } from '../../../core/text.ts'

/** One thing that a record says. */
export interface Probe {
  /** The part that it is of. */
  readonly part: string
  /** Where in the record. @see RFC 6901 */
  readonly path: string
  readonly value: unknown
  /** The dossier as if it did not say so. Undefined where nothing would be sound without it. */
  readonly without?: Dossier
  /** The dossier as if a text had one character less; of what is not text, undefined. */
  readonly shortened?: Dossier
}

/** Everything that an organization says and that one may wonder whether it is seen. */
export function probesOf(dossier: Dossier): readonly Probe[] {
  const { organization } = dossier
  const edit = (parts: Partial<Organization>) => withOrganization(dossier, parts)
  return [
    ...translationProbes(dossier, 'name'),
    ...translationProbes(dossier, 'description'),
    ...textProbes(dossier, 'department'),
    ...textProbes(dossier, 'note'),
    ...itemProbes('emails', organization.emails, ['label'], (emails) => edit({ emails })),
    ...itemProbes('phones', organization.phones, ['label'], (phones) => edit({ phones })),
    ...itemProbes('links', organization.links, ['label'], (links) => edit({ links })),
    ...itemProbes('images', organization.images, ['description', 'copyrightHolder'], (images) =>
      edit({ images }),
    ),
    ...listProbes('identifiers', organization.identifiers, (identifiers) => edit({ identifiers })),
    ...listProbes('labels', organization.labels, (labels) => edit({ labels })),
    ...listProbes('contributors', organization.contributors, (contributors) => edit({ contributors })),
    ...addressProbes(dossier),
    ...Object.entries(organization.roles).map(([role, value]) => {
      const { [role as keyof typeof organization.roles]: _, ...roles } = organization.roles
      return { part: 'roles', path: `/roles/${role}`, value, without: edit({ roles }) }
    }),
  ]
}

function translationProbes(dossier: Dossier, part: 'name' | 'description'): readonly Probe[] {
  const { organization } = dossier
  return Object.entries(organization[part]).map(([language, value]) => {
    const { [language]: _, ...others } = organization[part]
    const isNeeded = part === 'name' && language === organization.language
    const shorter = shortened(value)
    return {
      part,
      path: `/${part}/${language}`,
      value,
      ...(!isNeeded && { without: withOrganization(dossier, { [part]: others }) }),
      ...(shorter !== undefined && {
        shortened: withOrganization(dossier, { [part]: { ...organization[part], [language]: shorter } }),
      }),
    }
  })
}

function textProbes(dossier: Dossier, part: 'department' | 'note'): readonly Probe[] {
  const { [part]: value, ...others } = dossier.organization
  if (value === undefined) return []
  const shorter = shortened(value)
  return [
    {
      part,
      path: `/${part}`,
      value,
      without: { ...dossier, organization: others as Organization },
      ...(shorter !== undefined && { shortened: withOrganization(dossier, { [part]: shorter }) }),
    },
  ]
}

/** Each item, and each text that stands beside what it is. */
function itemProbes<I extends Item>(
  part: string,
  items: readonly I[],
  texts: readonly (keyof I & string)[],
  put: (items: readonly I[]) => Dossier,
): readonly Probe[] {
  return items.flatMap((item, at): readonly Probe[] => [
    { part, path: `/${part}/${item.id}`, value: item, without: put(items.toSpliced(at, 1)) },
    ...texts.flatMap((name): readonly Probe[] => {
      const { [name]: value, ...others } = item
      if (typeof value !== 'string') return []
      const shorter = shortened(value)
      return [
        {
          part,
          path: `/${part}/${item.id}/${name}`,
          value,
          without: put(items.with(at, others as unknown as I)),
          ...(shorter !== undefined && { shortened: put(items.with(at, { ...item, [name]: shorter })) }),
        },
      ]
    }),
  ])
}

function listProbes<T>(
  part: string,
  values: readonly T[],
  put: (values: readonly T[]) => Dossier,
): readonly Probe[] {
  return values.map((value, at) => ({
    part,
    path: `/${part}/${at}`,
    value,
    without: put(values.toSpliced(at, 1)),
  }))
}

function addressProbes(dossier: Dossier): readonly Probe[] {
  const { addresses } = dossier.organization
  const edit = (use: 'street' | 'postal', language: string, address: Address | undefined) =>
    withOrganization(dossier, { addresses: withAddress(addresses, use, language, address) })
  return (['street', 'postal'] as const).flatMap((use) =>
    Object.entries(addresses[use] ?? {}).flatMap(([language, address]) =>
      Object.entries(address).map(([field, value]): Probe => {
        const { [field as keyof Address]: _, ...others } = address
        const shorter = shortened(value)
        return {
          part: 'addresses',
          path: `/addresses/${use}/${language}/${field}`,
          value,
          without: edit(use, language, Object.keys(others).length === 0 ? undefined : others),
          ...(shorter !== undefined && { shortened: edit(use, language, { ...address, [field]: shorter }) }),
        }
      }),
    ),
  )
}

/** Undefined where nothing would be left. */
function shortened(text: string): string | undefined {
  const shorter = clip(text, lengthOf(text) - 1)
  return shorter.trim() === '' ? undefined : shorter
}
