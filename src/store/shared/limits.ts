/** UTF-16 units of documents after which a stretch of an order ends: one of them may be as large as a body. */
export const STRETCH_LENGTH = 8_000_000
