import type { Crosser } from '../src/core/testing/crossing.ts'
import { crossing } from '../src/core/testing/crossing.ts'
import { dossiers, loaded } from '../src/core/testing/random-records.ts'
import { dialects } from '../src/dialects/index.ts'
import { violationsOfOrganizer } from '../src/dialects/uitdatabank/bodies.ts'

/** Where a view may lack what its own vendor requires: inputs that would never reach the lens. */
const IS_VALID: Readonly<Record<string, (input: unknown) => boolean>> = {
  'uitdatabank/organizer': (input) => violationsOfOrganizer(input).length === 0,
}

/** What of a Card belongs to the one record that it was read from, and would be refused of any other. */
const OF_ONE = ['uid', 'created', 'relatedTo', 'polydex:number', 'polydex:organization']

/** How a client makes what it read of one record fit another. */
const ADAPTED: Readonly<Record<string, (input: object) => object>> = {
  'native/organization': withoutOnes,
  'native/person': withoutOnes,
}

function withoutOnes(card: object): object {
  return Object.fromEntries(Object.entries(card).filter(([member]) => !OF_ONE.includes(member)))
}

/** What a client sends who read another organization: valid in form, and different in every part. */
const crossers: readonly Crosser[] = dialects.flatMap((dialect) =>
  dialect.lenses.map((lens): Crosser => {
    const name = `${dialect.name}/${lens.name}`
    const isValid = IS_VALID[name] ?? (() => true)
    const adapted = ADAPTED[name] ?? ((input) => input)
    return {
      name,
      lens,
      inputs: (_, context) =>
        dossiers()
          .map((other) => adapted(lens.echo(lens.get(loaded(other, lens.people), context))))
          .filter(isValid),
    }
  }),
)

crossing(crossers, { runs: 60 })
