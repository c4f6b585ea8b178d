import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** An address that leads to a server of PostgreSQL on this machine, as long as it is open. */
export interface Gate {
  readonly address: string
  /** Ends every connection and refuses new ones. */
  shut(): Promise<void>
  open(): Promise<void>
}

/**
 * @param url as `startPostgres` gives it: by the folder of its socket
 * @param delayMs how long each answer is on its way
 */
export async function openGate(url: string, delayMs = 0): Promise<Gate> {
  const path = `${new URL(url).searchParams.get('host')}/.s.PGSQL.5432`
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(path)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    if (delayMs === 0) far.pipe(near)
    else far.on('data', (bytes) => void setTimeout(() => near.write(bytes), delayMs))
  })
  let port = 0
  const open = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await open()
  const address = server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    address: `127.0.0.1:${port}`,
    open,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
