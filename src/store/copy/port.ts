import type { ListedFiles } from '../../core/files.ts'
import type { Cells, TableName } from './tables.ts'

/** A database as rows. */
export interface Rows {
  count(table: TableName): Promise<number>
  /** Some of the rows behind the one with that key, in the order of the keys; none at the end. Bounded by number and length. */
  rows(table: TableName, after: Cells | undefined): Promise<readonly Cells[]>
}

/** What is copied, as it was when it was opened, whoever writes to it meanwhile. */
export interface Source extends Rows {
  lastEvent(): Promise<Cells | undefined>
  /** Images that are kept in the database. */
  readonly files?: ListedFiles
  close(): Promise<void>
}

/** A database that only a copy writes to: until it is sealed, nobody opens it as a directory. */
export interface Target extends Rows {
  /** What an earlier copy into it noted last; undefined when there was none. */
  mark(): Promise<string | undefined>
  /** Makes the tables, and notes a first mark. @throws Error when there is anything in it */
  begin(mark: string): Promise<void>
  /** Writes rows, and with them how far the copying is. @throws Error when the mark is no longer `before` */
  put(table: TableName, rows: readonly Cells[], move: Move): Promise<void>
  /** Notes how far the copying is. @throws Error when the mark is no longer `before` */
  move(move: Move): Promise<void>
  /** Gives the directory free to be opened, durably. @throws Error when the mark is no longer that one */
  seal(mark: string): Promise<void>
  /** Images that are kept in the database. */
  readonly files?: ListedFiles
  close(): Promise<void>
}

/** From one mark to the next. */
export interface Move {
  readonly before: string
  readonly after: string
}

/** Most rows and most text, in bytes or UTF-16 units, that are read at once. */
export const ROWS_AT_ONCE = 2_000
export const LENGTH_AT_ONCE = 8_388_608

/** Why a copy goes no further. */
export const BUSY = 'another copy into it is running'
export const OCCUPIED = 'there is something in it already: a copy needs an empty place'
export const OTHER_RELEASE = 'a copy into it was begun by another release: finish it with that one'
export const UNFINISHED = 'a copy into it is not finished: start the same copy again'

/** Added to the version of a schema that is being copied to: every release takes it for one that is newer than itself. */
export const UNFINISHED_SCHEMA = 1_000_000
