/** Words of the names: each stands in a tenth of them. */
export const WORDS = [
  'Muziek',
  'Toneel',
  'Sport',
  'Natuur',
  'Jeugd',
  'Kunst',
  'Buurt',
  'Film',
  'Dans',
  'Boek',
]

/** The id of the nth organization that is loaded. */
export const idOf = (at: number) => `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`

/** The nth organization with its three people, as a line of `polydex import`. */
export function lineOf(at: number): string {
  const id = idOf(at)
  const word = WORDS[at % WORDS.length]
  const organization = {
    uid: id,
    name: { full: `${word}vereniging ${at} vzw` },
    emails: { e: { address: `info@d${at}.example` } },
    phones: { p: { number: `016 ${String(at).padStart(6, '0')}` } },
    links: { w: { uri: `https://d${at}.example`, 'polydex:website': true } },
    addresses: {
      street: {
        components: [
          { kind: 'name', value: `Straat ${at % 300}` },
          { kind: 'locality', value: `Stad ${at % 500}` },
          { kind: 'postcode', value: String(1_000 + (at % 9_000)) },
        ],
        countryCode: 'BE',
      },
    },
  }
  const people = [1, 2, 3].map((n) => ({
    name: { full: `Persoon ${at} van ${word} ${n}` },
    emails: { e: { address: `p${n}@d${at}.example` } },
    phones: { p: { number: `0470 ${at} ${n}` } },
  }))
  return JSON.stringify({ organization, people })
}
