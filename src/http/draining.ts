import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Lets a server close as soon as what has begun is finished: connections on which nothing was ever sent are ended at
 * once. Gives a signal that the server is closing, so that replies can end theirs.
 */
export function drainOnClose(server: FastifyInstance): AbortSignal {
  const connections = new Set<Socket>()
  const closing = new AbortController()
  server.server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  server.addHook('preClose', (done) => {
    closing.abort()
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
    done()
  })
  return closing.signal
}
