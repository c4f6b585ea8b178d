import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hostsOf, isPostgresUrl, nameOfPostgres } from './hosts.ts'

describe('the hosts of a URL', () => {
  test('are each a URL with all else', () => {
    assert.deepEqual(hostsOf('postgres://ann:a@b@h1:5432,h2:5433,[::1]/x?sslmode=require'), {
      urls: [
        'postgres://ann:a@b@h1:5432/x?sslmode=require',
        'postgres://ann:a@b@h2:5433/x?sslmode=require',
        'postgres://ann:a@b@[::1]/x?sslmode=require',
      ],
      mustWrite: true,
    })
  })

  test('one is as it was written', () => {
    const url = 'postgresql://h/x?host=%2Ftmp%2Fa,b&options=-c%20search_path=y'
    assert.deepEqual(hostsOf(url), { urls: [url], mustWrite: false })
  })

  for (const [wanted, mustWrite] of [
    ['any', false],
    ['read-write', true],
    ['primary', true],
  ] as const) {
    test(`${wanted} says whether one that only reads will do`, () => {
      assert.equal(hostsOf(`postgres://h1,h2/x?target_session_attrs=${wanted}`).mustWrite, mustWrite)
      assert.equal(hostsOf(`postgres://h1/x?a=b&target_session_attrs=${wanted}`).mustWrite, mustWrite)
    })
  }

  test('that cannot be, and wishes that nobody knows, are no URL', () => {
    assert.equal(isPostgresUrl('postgres://h1:5432,h2:5433/x'), true)
    assert.equal(isPostgresUrl('postgres://h1:5432,h2:x/x'), false)
    assert.equal(isPostgresUrl('postgres://h1:5432,h2:65536/x'), false)
    assert.equal(isPostgresUrl('mysql://h1/x'), false)
    assert.equal(isPostgresUrl('postgres://h1/x?target_session_attrs=standby'), false)
  })

  test('are told without a password', () => {
    assert.equal(
      nameOfPostgres('postgres://ann:s3cret@h1:1,h2:2/x?password=s3cret'),
      'postgres://h1:1,h2:2/x',
    )
    assert.equal(nameOfPostgres('postgres://ann:s@3cret@h1'), 'postgres://h1')
  })
})
