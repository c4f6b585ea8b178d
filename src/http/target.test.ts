import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { targetOf } from './target.ts'

test('splits a target at its first question mark', () => {
  deepEqual(targetOf('/a/b?c=d?e'), { path: '/a/b', query: 'c=d?e' })
  deepEqual(targetOf('/a?'), { path: '/a', query: '' })
})

test('takes the absolute form for its path', () => {
  deepEqual(targetOf('http://directory.example:80/a?b'), { path: '/a', query: 'b' })
  deepEqual(targetOf('HTTPS://directory.example'), { path: '/' })
  deepEqual(targetOf('http://directory.example?b'), { path: '/', query: 'b' })
})

test('decodes what needs no encoding, and nothing else', () => {
  deepEqual(targetOf('/%61%5A%30%2D%2e%5F%7e'), { path: '/aZ0-._~' })
  for (const path of [
    '/%2F',
    '/%00',
    '/%25%36%31'.replace('%36%31', '61'),
    '/%c3%a9',
    '/%3f',
    '/%',
    '/%6',
    '/%zz',
  ])
    deepEqual(targetOf(path), { path })
})

test('leaves the query as it was sent', () => {
  deepEqual(targetOf('/a?%61=%62'), { path: '/a', query: '%61=%62' })
})
