import type { Card } from './wire.ts'

/** The Card as a vCard 4. @see RFC 6350, RFC 9555 */
export function vcardOf(card: Card): string {
  return `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${card.name?.full ?? ''}\r\nEND:VCARD\r\n`
}
