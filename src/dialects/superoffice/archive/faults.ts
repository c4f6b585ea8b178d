import { refused } from '../../../core/problem.ts'

/** That an option of a list cannot be answered. @param option as the vendor spells it */
export function badOption(option: string, fault: string) {
  return refused('option-invalid', { option, fault })
}

/** That an option asks for more than one answer may cost. */
export function tooMuch(option: string, what: string) {
  return badOption(option, `it asks for too much: ${what}`)
}
