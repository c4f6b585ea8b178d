import type { DifferentParts } from './dossier.ts'
import type { RecordKind } from './record.ts'

/** Whom or what an event is about: a record, or who may do what. */
export type Subject = RecordKind | 'principal' | 'role'

/** What happened to one record. The log of events is the history, the change feed and the outbox. */
export interface Event {
  /** Position in the log: whoever has seen `n` never finds a smaller one later. Given by the store. */
  readonly seq: number
  readonly id: string
  /** UTC, milliseconds. */
  readonly at: string
  readonly tenant: string
  readonly kind: 'created' | 'changed' | 'deleted' | 'restored' | 'merged'
  readonly recordKind: Subject
  /** Id of the record; `principals/ID` or `roles/ID`, which no record has. */
  readonly record: string
  readonly version: number
  /** Id of the principal. */
  readonly by: string
  /** Name of the dialect, `cli` or a worker. */
  readonly via: string
  /** The same for all events of one command. */
  readonly commandId: string
  readonly parts: DifferentParts
}
