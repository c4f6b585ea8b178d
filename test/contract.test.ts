import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { exportJWK, SignJWT } from 'jose'

const folder = mkdtempSync(join(tmpdir(), 'polydex-contract-'))
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const PUT_PHONE = { method: 'PUT', body: '{"phone":["1 2 3"]}' }

interface Served {
  readonly child: ChildProcess
  stop(): Promise<unknown>
  readonly url: string
  readonly exit: Promise<number | null>
}

async function serve(args: readonly string[], environment: Record<string, string> = {}): Promise<Served> {
  const child = spawn('npm', ['start', '--', '--port', '0', '--log-level', 'error', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /^polydex ready on (\S+)$/m.exec(output)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    exit.then((code) => reject(new Error(`exited with ${code}`)))
  })
  const stop = () => {
    child.kill('SIGTERM')
    return exit
  }
  return { child, url, exit, stop }
}

async function run(...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn('npm', ['run', '-s', 'polydex', '--', ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out: out.trim(), err: err.trim() }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

test('the demo listens, is live and ready, and stops with exit code 0 when npm is told to', async () => {
  const { child, url, exit } = await serve(['--demo'])
  equal((await fetch(`${url}/health/live`)).status, 200)
  equal((await fetch(`${url}/health/ready`)).status, 200)
  child.kill('SIGTERM')
  equal(await exit, 0)
})

test('organization 1 of the demo exists in every API', async () => {
  const { stop, url } = await serve(['--demo'])
  const login = await fetch(`${url}/auth/v1/rs/login/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":"demo@example.org","password":"demo1234"}',
  })
  const { data } = (await login.json()) as { data: { accessToken: string; sessionToken: string } }
  const statuses = await Promise.all([
    fetch(`${url}${ORGANIZER}`),
    fetch(`${url}/api/v1/Contact/1`, { headers: { authorization: `Basic ${btoa('demo:demo1234')}` } }),
    fetch(`${url}/services/v2/organization/1`, { headers: { 'x-dc-devkey': 'demo-api-key' } }),
    fetch(`${url}/companies/v2/rs/1/contacts`, {
      headers: { ...bearer(data.accessToken), 'x-session-token': data.sessionToken },
    }),
  ])
  deepEqual(
    statuses.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  await stop()
})

test('a token of the demo is made without a database, and is accepted', async () => {
  const { stop, url } = await serve(['--demo'])
  const { out } = await run('token', '--demo', '--user', 'demo')
  const { status } = await fetch(`${url}${ORGANIZER}/contact-point`, { ...PUT_PHONE, headers: bearer(out) })
  equal(status, 204)
  await stop()
})

test('the public URL wins over the Host header', async () => {
  const { stop, url } = await serve(['--demo', '--public-url', 'https://directory.example/base/'])
  const organizer = (await (await fetch(`${url}${ORGANIZER}`)).json()) as Record<string, unknown>
  equal(organizer['@id'], `https://directory.example/base${ORGANIZER}`)
  await stop()
})

test('a private database goes with the process, even if a second signal ends it at once', async () => {
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  const { child, url, exit } = await serve(['--demo'], { TMPDIR: temporary })
  const { hostname, port } = new URL(url)
  const unfinished = connect(Number(port), hostname)
  unfinished.write(`PUT ${ORGANIZER}/contact-point HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n`)
  await new Promise((resolve) => setTimeout(resolve, 100))
  child.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 200))
  child.kill('SIGTERM')
  equal(await exit, 1)
  unfinished.destroy()
  deepEqual(
    readdirSync(temporary).filter((name) => name.startsWith('polydex')),
    [],
  )
})

test('a database that cannot be opened is named', async () => {
  const { code, err } = await run('serve', '--database', `sqlite:${folder}`, '--port', '0')
  deepEqual([code, err], [1, `database sqlite:${folder}: unable to open database file`])
})

test('a server that is not there stops the start, and its password is told to nobody', async () => {
  const url = 'postgres://user:secret@127.0.0.1:1/polydex'
  const { code, out, err } = await run('serve', '--database', url, '--port', '0')
  deepEqual([code, out], [1, ''])
  match(err, /^database postgres:\/\/127\.0\.0\.1:1\/polydex: .*ECONNREFUSED/)
  doesNotMatch(err, /secret/)
})

test('a database of no known kind is told without its password', async () => {
  const { code, err } = await run('serve', '--database', 'mysql://user:secret@localhost/polydex')
  deepEqual([code, err], [2, 'database must be sqlite:PATH, sqlite::memory: or postgres://…, found mysql:…'])
})

test('all mistakes are told at once, with exit code 2', async () => {
  const access = join(folder, 'wrong.yaml')
  writeFileSync(access, 'version: 2\nprincipals:\n  - { name: Nobody }\nsecrets: []\n')
  const { code, err } = await run(
    ...[
      'serve',
      '--port',
      '70000',
      '--bogus',
      '--host',
      '',
      '--log-level',
      'loud',
      '--public-url',
      'x',
      '--access',
      access,
    ],
  )
  equal(code, 2)
  for (const mistake of [
    '70000',
    '--bogus',
    '--host needs',
    'loud',
    'found x',
    '/principals/0',
    '/version',
    'secrets',
  ]) {
    match(err, new RegExp(mistake))
  }
})

test('a wrong environment variable stops the start with exit code 2', async () => {
  const child = spawn('npm', ['start'], { env: { ...process.env, PORT: 'http' }, stdio: 'ignore' })
  equal(await new Promise((resolve) => child.on('exit', resolve)), 2)
})

test('no command but serve creates a database', async () => {
  const path = join(folder, 'none.db')
  const { code } = await run('token', '--user', 'x', '--database', `sqlite:${path}`)
  equal(code, 1)
  equal(existsSync(path), false)
})

test('an import of a file that is not there is told in one line, whatever else is missing', async () => {
  const database = ['--database', `sqlite:${join(folder, 'none.db')}`]
  const { code, err } = await run('import', join(folder, 'none.ndjson'), '--user', 'x', ...database)
  equal(code, 1)
  match(err, /^ENOENT: no such file or directory, open '[^'\n]*none\.ndjson'$/m)
  doesNotMatch(err, /Unhandled|\n\s+at /)
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

async function accessFile(name: string, more = ''): Promise<string> {
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys: [jwk] }))
  const path = join(folder, name)
  writeFileSync(
    path,
    `version: 1
tenants:
  - { id: default, name: Example directory, language: nl, country: BE, public: all }
issuers:
  - { issuer: https://account.example/, jwksFile: ./jwks.json, tenant: default }
principals:
  - id: ann
    kind: user
    name: Ann Editor
    email: ann@example.org
    roles: [editors-3000]
    credentials: [{ password: correct-horse }, { apiKey: 0d0d-example-key, scope: view }]
roles:
  - { id: editors-3000, permissions: [organizations.read, organizations.edit], where: 'address.\\*.postalCode:3000' }
${more}`,
  )
  return path
}

function signed(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer('https://account.example/')
    .setExpirationTime('1h')
    .sign(privateKey)
}

test('an access file lets its issuer, its principals and its roles in', async () => {
  const database = `sqlite:${join(folder, 'access.db')}`
  const { stop, url } = await serve([
    '--demo',
    '--database',
    database,
    '--access',
    await accessFile('a.yaml'),
  ])
  const put = async (id: string, token: string) =>
    (await fetch(`${url}/organizers/${id}/contact-point`, { ...PUT_PHONE, headers: bearer(token) })).status
  const ann = await signed({ sub: 'ann' })
  const stranger = await signed({ sub: 'stranger' })
  const [one, three] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000003']
  deepEqual(
    [await put(one, ann), await put(three, ann), await put(one, stranger), await put(one, `${ann}x`)],
    [204, 403, 403, 401],
  )
  await stop()
})

test('running servers follow an applied access file within one second', async () => {
  const database = `sqlite:${join(folder, 'follow.db')}`
  const { stop, url } = await serve(['--database', database], { ACCESS_FILE: await accessFile('b.yaml') })
  const status = async () =>
    (await fetch(`${url}/services/v2/organization`, { headers: { 'x-dc-devkey': 'late-key' } })).status
  equal(await status(), 403)
  const late = '  - { id: late, roles: [editors-3000], credentials: [{ apiKey: late-key }] }\n'
  const applied = await run('access', 'apply', await accessFile('c.yaml', `# more\n`), '--database', database)
  equal(applied.code, 0)
  const text = join(folder, 'late.yaml')
  writeFileSync(text, `version: 1\nprincipals:\n${late}`)
  equal((await run('access', 'apply', text, '--database', database)).code, 0)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  equal(await status(), 200)
  await stop()
})

test('a database that was a demo once does not keep the demo credentials', async () => {
  const database = `sqlite:${join(folder, 'was-demo.db')}`
  const demo = await serve(['--demo', '--database', database])
  await demo.stop()
  const { stop, url } = await serve(['--database', database])
  const { out } = await run('token', '--demo', '--user', 'demo')
  const tokens = await Promise.all(
    ['demo-token', 'demo-api-key', out].map(async (token) => {
      const reply = await fetch(`${url}${ORGANIZER}/contact-point`, { ...PUT_PHONE, headers: bearer(token) })
      return reply.status
    }),
  )
  deepEqual(tokens, [401, 401, 401])
  await stop()
})
