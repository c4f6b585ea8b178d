import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Lets a server close as soon as what has begun is finished: connections on which nothing was ever sent are ended at
 * once. Gives whether the server is closing, so that replies can end theirs.
 */
export function drainOnClose(server: FastifyInstance): () => boolean {
  const connections = new Set<Socket>()
  let isClosing = false
  server.server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  server.addHook('preClose', (done) => {
    isClosing = true
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
    done()
  })
  return () => isClosing
}
