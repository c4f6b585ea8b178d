import { Busboy } from '@fastify/busboy'
import { problem } from '../../core/problem.ts'

/** Name → the bytes of a part; of parts with one name the last. */
export type MultipartForm = ReadonlyMap<string, Buffer>

/** Parts of one form: more than any dialect's form has members. */
const MOST_PARTS = 50

/** Name, file name and type of a part, in bytes. */
const PART_HEAD_LIMIT = 8_192

const FORM = /^multipart\/form-data\s*;/i

/**
 * The parts of a form as they came, not yet text. The caller limits the size of the body.
 * @throws Problem body-missing if the body is empty
 * @throws Problem body-syntax if it is no complete form
 * @see RFC 7578
 */
export async function readMultipart(
  contentType: string | undefined,
  bytes: Uint8Array,
): Promise<MultipartForm> {
  if (bytes.length === 0) throw problem('body-missing', {})
  if (contentType === undefined || !FORM.test(contentType)) throw unreadable('not multipart/form-data')
  const form = new Map<string, Buffer>()
  await new Promise<void>((resolve, reject) => {
    const parser = openParser(contentType)
    parser.on('file', (name, part) => {
      const chunks: Buffer[] = []
      part.on('data', (chunk: Buffer) => chunks.push(chunk))
      part.on('end', () => form.set(name, Buffer.concat(chunks)))
      part.on('error', () => reject(unreadable('a part breaks off')))
    })
    parser.on('partsLimit', () => reject(unreadable(`more than ${MOST_PARTS} parts`)))
    parser.on('error', () => reject(unreadable('a broken form')))
    parser.on('finish', resolve)
    parser.end(bytes)
  })
  return form
}

/** @throws Problem body-syntax if the type names no boundary */
function openParser(contentType: string) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      // Every part as bytes: what else is no file would be decoded without a word about what is no UTF-8.
      isPartAFile: () => true,
      limits: { parts: MOST_PARTS, headerSize: PART_HEAD_LIMIT },
    })
  } catch {
    throw unreadable('no boundary')
  }
}

function unreadable(fault: string) {
  return problem('body-syntax', { fault })
}
