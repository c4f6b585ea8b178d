/**
 * A name as it is compared with others that may be the same organization's: lower case, without accents and punctuation,
 * and without the words for its legal form at either end, which one writer leaves out and the next one spells in full.
 * Two names with one key are not the same: they are worth a look. Blank only where the name is.
 */
export function nameKey(name: string): string {
  const words = plain(name)
    .replace(ABBREVIATION, (letters) => letters.replace(/[./]/g, ''))
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
  const key = withoutLegalForm(words).join(' ')
  return key === '' ? name.normalize('NFKC').toLowerCase().trim() : key
}

/** Letters that stand alone between dots or slashes: `v.z.w.`, `A/S`. */
const ABBREVIATION = /(?<![\p{L}\p{N}\p{M}])\p{L}(?:[./]\p{L})+(?![\p{L}\p{N}\p{M}])/gu

/** Accents that Latin, Greek and Cyrillic letters carry; the marks of other alphabets are letters of their own. */
const ACCENTS = /[\u0300-\u036f]/g

/** Letters that no decomposition makes plain. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
}

const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g')

/** An apostrophe is within a word; some come to light as letters are taken apart: ŉ is ʼn. */
const APOSTROPHES = /['’ʼ`´]/g

function plain(name: string): string {
  return name
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(APOSTROPHES, '')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(SPECIAL, plainLetter)
    .normalize('NFKC')
}

/** Lower-case text with plain letters in place of those that no decomposition makes so: `ß` is `ss`, `ø` is `o`. */
export function withPlainLetters(text: string): string {
  return text.replace(SPECIAL, plainLetter)
}

function plainLetter(letter: string): string {
  return PLAIN[letter] ?? letter
}

function withoutLegalForm(words: readonly string[]): readonly string[] {
  let from = 0
  let to = words.length
  while (to > from && LAST.has(words[to - 1] ?? '')) to -= 1
  while (from < to && FIRST.has(words[from] ?? '')) from += 1
  return from === to ? words : words.slice(from, to)
}

/** Legal forms that stand before a name, too, and are no other word. */
const FIRST: ReadonlySet<string> = new Set(
  'vzw ivzw asbl aisbl nv bv bvba cvba sprl srl gmbh stichting stiftelsen ooo'.split(' '),
)

/** Of Belgium, the Netherlands, Germany, France, the Nordic countries, Britain, Ireland, the US, and the south and east of Europe. */
const LAST: ReadonlySet<string> = new Set([
  ...FIRST,
  ...'sa sca scs snc scrl cv vof commv gcv ebvba maatschap'.split(' '),
  ...'ag kg ohg ug gbr ev eg kgaa se mbh'.split(' '),
  ...'sarl sas sasu eurl sci scop'.split(' '),
  ...'as asa ans da sf ks nuf enk ba ab hb kb aps is ivs oy oyj ry ehf hf'.split(' '),
  ...'ltd limited plc llp lp llc inc incorporated corp corporation co company cic clg dac'.split(' '),
  ...'sl slu slne spa sapa lda ltda sro zrt kft bt doo dd ood ead oe ae spzoo'.split(' '),
])
