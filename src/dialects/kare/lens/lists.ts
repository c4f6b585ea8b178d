import type { Email, Phone } from '../../../core/items.ts'
import { emailKey, isSimilarEmail, isSimilarPhone, phoneKey } from '../../../core/keys.ts'
import type { Choice } from '../../../core/shown-items.ts'
import { EMAIL_PATTERN, LIMITS } from '../wire.ts'

const EMAIL_FORM = new RegExp(EMAIL_PATTERN)

/** The first e-mail that fits the vendor's form. */
export const EMAIL: Choice<Email> = {
  list: 'emails',
  limit: 1,
  isExpressible: ({ address }) => address.length <= LIMITS.email && EMAIL_FORM.test(address),
  valueOf: ({ address }) => address,
  keyOf: emailKey,
  isSimilar: isSimilarEmail,
  edit: (email, address) => (email.address === address ? email : { ...email, address }),
  create: (id, address) => ({ id, address }),
}

/** The first numbers that have room; nobody calls a fax. */
export const PHONES: Choice<Phone> = {
  list: 'phones',
  limit: LIMITS.phones,
  isExpressible: ({ number, kind }) => kind !== 'fax' && number.length <= LIMITS.phone,
  valueOf: ({ number }) => number,
  keyOf: phoneKey,
  isSimilar: isSimilarPhone,
  edit: (phone, number) => (phone.number === number ? phone : { ...phone, number }),
  create: (id, number) => ({ id, number, kind: 'voice' }),
}
