/** The port to where bytes are kept that are no records: images. What they are is told by objects beside the records. */
export interface FileStore {
  /** Keeps the bytes for good: all of them or nothing, durable once it settles. @param id a UUID, lower case, given to nothing else */
  put(id: string, bytes: Uint8Array): Promise<void>
  get(id: string): Promise<Uint8Array | undefined>
  /** Forgets them; nothing happens where there are none. */
  delete(id: string): Promise<void>
}

/** Files that can be listed, to be copied. */
export interface ListedFiles extends FileStore {
  /** Ids behind that one, in order, at most `limit`; none at the end. */
  ids(after: string, limit: number): Promise<readonly string[]>
}
