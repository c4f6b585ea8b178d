import { Busboy } from '@fastify/busboy'
import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'

/** Name → the bytes of a part; of parts with one name the last. */
export type MultipartForm = ReadonlyMap<string, Buffer>

/** Parts of one form: more than any dialect's form has members. */
const MOST_PARTS = 50

/** Name, file name and type of a part, in bytes. */
const PART_HEAD_LIMIT = 8_192

/** Bytes that are read at once. */
const CHUNK = 16_384

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
  await new Promise<void>((resolve, refuse) => {
    const parser = openParser(contentType)
    let isRefused = false
    const reject = (fault: Problem) => {
      isRefused = true
      refuse(fault)
    }
    parser.on('file', (name, part) => {
      const chunks: Buffer[] = []
      part.on('data', (chunk: Buffer) => chunks.push(chunk))
      part.on('end', () => form.set(name, Buffer.concat(chunks)))
      part.on('error', () => reject(unreadable('a part breaks off')))
    })
    parser.on('partsLimit', () => reject(unreadable(`more than ${MOST_PARTS} parts`)))
    parser.on('error', () => reject(unreadable('a broken form')))
    parser.on('finish', resolve)
    // What follows a fault is not looked at: telling a million more parts apart keeps everybody waiting.
    for (let at = 0; at < bytes.length && !isRefused; at += CHUNK)
      parser.write(bytes.subarray(at, at + CHUNK))
    if (!isRefused) parser.end()
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
