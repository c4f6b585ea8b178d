import { fastify } from 'fastify'

/**
 * The floor of reads: a bare Fastify server with one route, which returns bytes that it was given before. It knows no
 * credential, no record and no database; whoever reads from Polydex gets the same bytes.
 */
const server = fastify({ logger: false, bodyLimit: 16_777_216 })
let bytes: Buffer = Buffer.alloc(0)

server.removeAllContentTypeParsers()
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
server.put('/bytes', async (request, reply) => {
  bytes = request.body as Buffer
  return reply.code(204).send()
})
server.get('/bytes', async (_request, reply) => reply.header('content-type', 'application/json').send(bytes))

const url = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`floor ready on ${url}\n`)
