import { Problem } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { carrierReply, nothingReply } from '../replies.ts'
import type { Arguments } from './arguments.ts'
import { argumentsOf } from './arguments.ts'
import { CONTACT_DEEDS } from './contact-deeds.ts'
import { CONTACT_DUPLICATES } from './contact-duplicates.ts'
import { CONTACT_QUESTIONS } from './contact-questions.ts'

/** What a method answers: a carrier by its name, or nothing. */
export type Answer = { readonly root: string; readonly value: unknown } | undefined

export interface Call {
  readonly given: Arguments
  readonly request: Request
  readonly services: Services
}

export type Methods = Readonly<Record<string, (call: Call) => Promise<Answer>>>

/**
 * The remote procedures of the vendor's Contact agent: a second door to what the REST routes do. All are POST; arguments
 * are members of the body or options of the query. Headers of conditions are not looked at.
 * @see specs/superoffice.md 8.1, 3.3; choice 48
 */
export const contactAgentRoutes: readonly Route[] = Object.entries({
  ...CONTACT_QUESTIONS,
  ...CONTACT_DEEDS,
  ...CONTACT_DUPLICATES,
}).map(([name, method]) => ({
  method: 'POST',
  path: `/api/v1/agents/contact/${name.toLowerCase()}`,
  access: 'required',
  handle: (request, services) => answered(method, request, services),
}))

/** Whatever is asked of nobody is answered with null. */
async function answered(method: Methods[string], request: Request, services: Services): Promise<Reply> {
  const { headers } = request
  try {
    const answer = await method({ given: argumentsOf(request), request, services })
    return answer === undefined ? { status: 204 } : carrierReply(answer.root, answer.value, headers)
  } catch (fault) {
    if (fault instanceof Problem && fault.is('not-found') && fault.facts.kind === 'organization')
      return nothingReply(headers)
    throw fault
  }
}
