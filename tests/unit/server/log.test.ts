import { expect, test } from 'vitest';
import { createLog, lineWriter } from '#server/log.ts';

const at = () => new Date('2026-01-15T12:00:00Z');

test('a line for machines is JSON', () => {
  const lines: string[] = [];
  createLog('json', (line) => lines.push(line), at).warn('Slow', { ms: 12, id: undefined });
  expect(lines).toEqual(['{"at":"2026-01-15T12:00:00.000Z","level":"warn","message":"Slow","ms":12}']);
});

test('a line for a terminal can be read, and nobody writes lines or colours of their own into it', () => {
  const lines: string[] = [];
  const log = createLog('text', (line) => lines.push(line), at);
  log.info('GET /\u001b[31m/', { status: 200 });
  log.error('It failed\n  at here', { path: '/\nforged' });
  expect(lines).toEqual([
    '12:00:00 GET /\\u001b[31m/ status=200',
    '12:00:00 error: It failed\n  at here path=/\\nforged',
  ]);
});

test('what may be of a person is taken out of messages and facts', () => {
  const lines: string[] = [];
  createLog('text', (line) => lines.push(line), at).info('To ada@example.com', { path: '/confirm/?token=abc' });
  expect(lines).toEqual(['12:00:00 To [address] path=/confirm/?token=[token]']);
});

test('lines of one turn are written together, and at the end for those that wait', () => {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  let end = () => {};
  const line = lineWriter(
    (text) => written.push(text),
    (flush) => waiting.push(flush),
    (flush) => (end = flush),
  );
  line('one');
  line('two');
  expect([written, waiting.length]).toEqual([[], 1]);
  waiting.shift()?.();
  expect(written).toEqual(['one\ntwo\n']);
  line('three');
  end();
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
  waiting.shift()?.();
  end();
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
});
