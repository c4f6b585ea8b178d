import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { prose } from '../../../core/testing/random-values.ts'
import { dossier, putContext, uuid, viewContext } from '../../../core/testing/records.ts'
import { facets } from '../testing/inputs.ts'
import { LANGUAGES } from '../wire.ts'
import { withEdits, withLink, withMain, withoutLink } from './image-edits.ts'
import type { ImagesView, SentImage, SentImages } from './images.ts'
import { imageHeadOf, images } from './images.ts'

const { baseUrl } = viewContext()
const text = prose.filter((value) => /\S/u.test(value) && value.length >= 3 && value.length <= 250)
const ids = [501, 502, 503, 504].map(uuid)

const texts = fc.record(
  { description: text, copyrightHolder: text, inLanguage: fc.constantFrom(...LANGUAGES) },
  { requiredKeys: [], noNullPrototype: true },
)

/** Any of four images, in any order, with all or some of their texts; those that are new have all. */
function sentImages(given: Dossier): fc.Arbitrary<SentImages> {
  const shown = images.get(given, viewContext()).images.map(({ id }) => id)
  const image = (id: string): fc.Arbitrary<SentImage> =>
    texts.map((sent) => ({
      id,
      ...(!shown.includes(id) && {
        description: 'Zaal',
        copyrightHolder: 'Voorbeeld',
        inLanguage: 'nl' as const,
        mediaType: 'image/png',
      }),
      ...sent,
    }))
  return fc
    .tuple(fc.shuffledSubarray(ids), fc.option(fc.constantFrom(...ids), { nil: undefined }))
    .chain(([chosen, main]) =>
      fc.tuple(...chosen.map(image)).map((sent) => ({ images: sent, ...(main !== undefined && { main }) })),
    )
}

lensLaws('the images', images, {
  dossiers: dossiers({ dialectFacets: { uitdatabank: facets } }),
  inputs: sentImages,
  canon: (view, input): ImagesView => {
    const sent = new Map(input.images.map((image) => [image.id, image]))
    const known = view.images
      .filter(({ id }) => sent.has(id))
      .map(({ mediaType: _, ...image }: ImagesView['images'][number] & { mediaType?: string }) => {
        const { mediaType: __, ...edit } = sent.get(image.id) ?? { id: image.id }
        return { ...image, ...edit }
      })
    const added = input.images
      .filter(({ id }) => !view.images.some((image) => image.id === id))
      .map(({ mediaType = '', id, description = '', copyrightHolder = '', inLanguage = 'nl' }) => ({
        ...imageHeadOf(id, mediaType, baseUrl),
        description,
        copyrightHolder,
        inLanguage,
      }))
    const after = [...known, ...added]
    const main = [input.main, view.main, after[0]?.id].find((id) => after.some((image) => image.id === id))
    return { images: after, ...(main !== undefined && { main }) }
  },
})

const image = (number: number) => ({ id: `4-${number}`, file: uuid(500 + number), mediaType: 'image/png' })
const three = dossier({ images: [1, 2, 3].map(image) })

/** The dossier after an edit as a request about single images makes it. */
function after(given: Dossier, edit: (view: ImagesView) => SentImages): Dossier {
  return images.put(given, edit(images.get(given, viewContext())), putContext())
}

/** Numbers of the images in the order of the document, and of the main one. */
function shown(given: Dossier): readonly [images: readonly number[], main: number | undefined] {
  const view = images.get(given, viewContext())
  const numberOf = (id: string) => Number(id.slice(-12)) - 500
  return [view.images.map(({ id }) => numberOf(id)), view.main && numberOf(view.main)] as never
}

describe('single images', () => {
  test('the first one is the main one, and stays it', () => {
    const one = after(dossier(), (view) => withLink(view, { id: uuid(502) }))
    const two = after(one, (view) => withLink(view, { id: uuid(501) }))
    assert.deepEqual(shown(two), [[2, 1], 2])
  })

  test('another main image moves none', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    assert.deepEqual(shown(main), [[1, 2, 3], 3])
    assert.deepEqual(shown(after(main, (view) => withMain(view, uuid(502)))), [[1, 2, 3], 2])
  })

  test('the main one comes first in the record, where other APIs look for it', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    assert.deepEqual(
      main.organization.images.map(({ id }) => id),
      ['4-3', '4-1', '4-2'],
    )
  })

  test('what other APIs put first is the main one', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    const { organization } = main
    const elsewhere = { ...main, organization: { ...organization, images: organization.images.toReversed() } }
    assert.deepEqual(shown(elsewhere), [[1, 2, 3], 2])
  })

  test('when the main one goes, the first that stays follows', () => {
    const main = after(three, (view) => withMain(view, uuid(502)))
    assert.deepEqual(shown(after(main, (view) => withoutLink(view, uuid(502)))), [[1, 3], 1])
  })

  test('when another goes, the main one stays', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    assert.deepEqual(shown(after(main, (view) => withoutLink(view, uuid(501)))), [[2, 3], 3])
  })

  test('when the last goes, nothing is remembered', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    const none = after(main, () => ({ images: [] }))
    assert.deepEqual([none.organization.images, none.organization.facets], [[], {}])
  })

  test('the first main one again leaves no trace of another', () => {
    const main = after(three, (view) => withMain(view, uuid(503)))
    const first = after(main, (view) => withMain(view, uuid(501)))
    assert.deepEqual([first.organization.images, first.organization.facets], [three.organization.images, {}])
  })

  test('edits of one image follow each other, and those of others do nothing', () => {
    const edits = [
      { id: uuid(501), description: 'a', copyrightHolder: 'Ann' },
      { id: uuid(501), description: 'b' },
      { id: uuid(509), description: 'c' },
    ]
    const [first, second] = after(three, (view) => withEdits(view, edits)).organization.images
    assert.deepEqual(first, { ...image(1), description: 'b', copyrightHolder: 'Ann' })
    assert.equal(second, three.organization.images[1])
  })

  test('a link that is there is not edited', () => {
    const again = after(three, (view) => withLink(view, { id: uuid(501), description: 'x' }))
    assert.equal(again.organization.images, three.organization.images)
  })
})
