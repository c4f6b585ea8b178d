import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Target } from './operations.ts'

/** Where a request carries what no other request has: this many characters. */
const SLOT = '[<id>]'
const COUNTER_DIGITS = 10

export interface Load {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** What the server spent on each answer, in microseconds of CPU; undefined where that cannot be known. */
  readonly cpu: number | undefined
  /** Of one core, how much the generator took: near 1, it is what is measured. */
  readonly generator: number
  /** Answers that were no success: a figure with any is worth nothing. */
  readonly failures: number
}

/**
 * Keeps `connections` requests on their way for `seconds`, of which each connection sends its share of the targets in turn, once
 * each of them has had its first answer: clients keep their connections. A request is one buffer per connection, made once; only
 * the digits of a counter are written into it, and of an answer only the status and the length are read, so that the
 * generator needs a small part of what the server does with the same request.
 */
export async function load(
  asked: Target | readonly Target[],
  connections: number,
  seconds: number,
): Promise<Load> {
  const targets = [asked].flat()
  const [target] = targets
  if (target === undefined) throw new Error('there is nothing to be sent')
  const latencies: number[] = []
  let failures = 0
  let count = Math.floor(performance.timeOrigin % 1_000_000) * 1_000

  const clients = await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      // A node serves every so many connections.
      const { hostname, port } = new URL((targets[connection % targets.length] ?? target).url)
      const mine = targets.filter(
        ({ url }, at) =>
          new URL(url).port === port && (targets.length < connections || at % connections === connection),
      )
      const requests = mine.map((one) => requestOf(one, hostname))
      const socket = await opened(hostname, Number(port))
      const answers = answersOf(socket)
      const ask = async (turn: number): Promise<number> => {
        const request = requests[turn % requests.length] as Prepared
        count += 1
        request.write(count)
        const begun = performance.now()
        socket.write(request.bytes)
        const status = await answers.next()
        if (status < 200 || status > 299) failures += 1
        return performance.now() - begun
      }
      await ask(0)
      return { ask, socket }
    }),
  )

  const cpuBefore = cpuOf(target.pid)
  const ownBefore = process.cpuUsage()
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  await Promise.all(
    clients.map(async ({ ask, socket }) => {
      for (let turn = 1; performance.now() < until; turn += 1) latencies.push(await ask(turn))
      socket.destroy()
    }),
  )
  const own = process.cpuUsage(ownBefore)
  const generator = (own.user + own.system) / 1_000 / (performance.now() - startedAt)
  latencies.sort((left, right) => left - right)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  const cpuAfter = cpuOf(target.pid)
  return {
    perSecond: (latencies.length - failures) / seconds,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    cpu:
      cpuBefore === undefined || cpuAfter === undefined
        ? undefined
        : (cpuAfter - cpuBefore) / latencies.length,
    generator,
    failures,
  }
}

/** What Linux counts in, whatever the machine. @see proc(5), sysconf(3) _SC_CLK_TCK */
const TICK_US = 10_000

/** CPU time that a process and its threads have used, in microseconds; undefined where there is no procfs. */
function cpuOf(pid: number): number | undefined {
  try {
    const [user, system] =
      readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ').slice(11, 13) ?? []
    return (Number(user) + Number(system)) * TICK_US
  } catch {
    return undefined
  }
}

function opened(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket))
    socket.on('error', reject)
  })
}

interface Prepared {
  readonly bytes: Buffer
  /** Writes the counter into its slots. */
  write(count: number): void
}

function requestOf({ method, path, headers, body = '' }: Target, host: string): Prepared {
  const text = body.replaceAll(SLOT, '#'.repeat(COUNTER_DIGITS))
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(text)) })
  const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const bytes = Buffer.from(head + text)
  const slots: number[] = []
  const mark = '#'.repeat(COUNTER_DIGITS)
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) slots.push(at)
  return {
    bytes,
    write(count) {
      const digits = String(count % 10 ** COUNTER_DIGITS).padStart(COUNTER_DIGITS, '0')
      for (const slot of slots) bytes.write(digits, slot, 'latin1')
    },
  }
}

/** The statuses of the answers on a connection that has one request on its way at a time. */
function answersOf(socket: Socket): { next(): Promise<number> } {
  let tell: (status: number) => void = () => {}
  let status = 0
  /** Bytes of the answer that are still to come; undefined while its head is incomplete. */
  let missing: number | undefined
  let head = ''
  socket.on('data', (chunk: Buffer) => {
    if (missing === undefined) {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      status = Number(head.slice(9, 12))
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? '0'
      missing = Number(length) - (head.length - end - 4)
    } else {
      missing -= chunk.length
    }
    if (missing > 0) return
    missing = undefined
    head = ''
    tell(status)
  })
  socket.on('close', () => tell(0))
  return {
    next: () =>
      new Promise((resolve) => {
        tell = resolve
      }),
  }
}
