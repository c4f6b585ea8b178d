import { refused } from '../../../core/problem.ts'

/** That `q` cannot be answered. */
export function badQuery(fault: string) {
  return refused('query', { fault })
}

/** That a parameter of the URL cannot be taken. */
export function badParameter(name: string, fault: string) {
  return refused('parameter', { name, fault })
}
