import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'

/** A server in a process of its own. */
export interface Served {
  readonly url: string
  readonly child: ChildProcess
  /** Waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts `polydex serve` with the sample data. @param shell what to run before it, in the same shell */
export async function serveDemo(options: readonly string[], shell = ''): Promise<Served> {
  const command = [
    'exec',
    JSON.stringify(process.execPath),
    'src/main.ts serve --demo --port 0 --log-level silent',
  ]
  const child = spawn('bash', ['-c', `${shell} ${command.join(' ')} "$@"`, 'polydex', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => resolve(String(chunk).replace('polydex ready on ', '').trim()))
    child.on('exit', (code) => reject(new Error(`exited with ${code}`)))
  })
  return {
    url,
    child,
    stop: (signal = 'SIGKILL') =>
      new Promise((resolve) => {
        child.on('exit', () => resolve())
        child.kill(signal)
      }),
  }
}
