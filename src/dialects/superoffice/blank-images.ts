import { crc32, deflateSync } from 'node:zlib'

/** What is shown of a contact without a picture, by the lower-case value of `ifBlank`. @see specs/superoffice.md 2.7 */
const DRAWN: Readonly<Record<string, () => Buffer>> = {
  default: () => framed(false),
  clearpixel: () => png(1, () => CLEAR),
  srnophoto: () => framed(false),
  srnophotowithborder: () => framed(true),
  genericfileicon: () => framed(true),
}

const known = new Map<string, Buffer>()

/** Whether a value of `ifBlank` has a meaning; a blank one and `null` ask for no picture. */
export function isBlankImage(ifBlank: string): boolean {
  return ifBlank === '' || ifBlank === 'null' || Object.hasOwn(DRAWN, ifBlank)
}

/** A PNG; undefined where none is wanted. */
export function blankImage(ifBlank: string): Buffer | undefined {
  const draw = Object.hasOwn(DRAWN, ifBlank) ? DRAWN[ifBlank] : undefined
  if (draw === undefined) return undefined
  const drawn = known.get(ifBlank) ?? draw()
  known.set(ifBlank, drawn)
  return drawn
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number]

const CLEAR: Pixel = [0, 0, 0, 0]
const PAPER: Pixel = [238, 238, 238, 255]
const INK: Pixel = [153, 153, 153, 255]

const SIZE = 64

/** A head and shoulders on paper. */
function framed(hasBorder: boolean): Buffer {
  return png(SIZE, (x, y) => {
    const isBorder = hasBorder && (x === 0 || y === 0 || x === SIZE - 1 || y === SIZE - 1)
    const isHead = Math.hypot(x - 31.5, y - 24) < 11
    const isShoulders = y > 38 && Math.hypot((x - 31.5) / 1.4, y - 58) < 17
    return isBorder || isHead || isShoulders ? INK : PAPER
  })
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
/** Eight bits a channel, colour with alpha. */
const TRUECOLOUR_ALPHA = [8, 6, 0, 0, 0]

/** A square picture. @see https://www.w3.org/TR/png-3/ */
function png(size: number, pixelAt: (x: number, y: number) => Pixel): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set(TRUECOLOUR_ALPHA, 8)
  const rows: number[] = []
  for (let y = 0; y < size; y++) {
    rows.push(0)
    for (let x = 0; x < size; x++) rows.push(...pixelAt(x, y))
  }
  const data = deflateSync(Buffer.from(rows))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framing = Buffer.alloc(8)
  framing.writeUInt32BE(data.length, 0)
  framing.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([framing.subarray(0, 4), body, framing.subarray(4)])
}
