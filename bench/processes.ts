import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Server } from './operations.ts'

const children = new Map<number, ChildProcess>()

/** Starts a program of this repository that says where it is ready. */
export async function start(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number(child.pid)
  children.set(pid, child)
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${args[0]} exited with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /ready on (\S+)/.exec(chunk.toString())?.[1]
      if (url !== undefined) resolve({ url, pid })
    })
  })
}

/** Ends one as an operator would, and waits for it. */
export async function stop({ pid }: Server): Promise<void> {
  const child = children.get(pid)
  await new Promise((resolve) => {
    child?.once('exit', resolve)
    child?.kill('SIGTERM')
  })
  children.delete(pid)
}

export function killAll(): void {
  for (const child of children.values()) child.kill('SIGKILL')
}
