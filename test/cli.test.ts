import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/config.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `baimi …` as a process of its own. */
const baimi = (...args: readonly string[]): Promise<Run> => baimiWith({}, ...args);

function baimiWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), ...args],
      { cwd: packageRoot(), env: { ...process.env, BAIMI_DATA: join(folder, 'data'), ...env } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err });
      },
    );
  });
}

const lastJson = (run: Run): Record<string, unknown> => JSON.parse(run.out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

/** Official texts and questions made for these tests. */
const laws = join(folder, 'laws.md.d');
const cases = join(folder, 'cases.jsonl');

describe('the command line', () => {
  it('explains every command', { timeout: 120_000 }, async () => {
    for (const command of [
      [],
      ['serve'],
      ['ask'],
      ['eval'],
      ['eval', 'retrieval'],
      ['eval', 'answers'],
      ['knowledge'],
      ['knowledge', 'check'],
      ['model', 'train'],
      ['user'],
      ['user', 'add'],
      ['backup'],
      ['restore'],
    ]) {
      const run = await baimi(...command, '--help');
      expect(run.code, command.join(' ')).toBe(0);
      expect(run.out).toContain('Usage: baimi');
    }
  });

  it('answers one question as JSON, with citations, and keeps no record of a try', async () => {
    const run = await baimi('ask', '单位没买工伤保险，上班受伤了谁出钱', '--json');
    const answer = lastJson(run);
    expect(answer).toMatchObject({ kind: 'cited', ticketNumber: null });
    expect(answer['citations']).toContainEqual(expect.objectContaining({ law: '工伤保险条例', article: '第六十二条' }));
    expect(existsSync(join(folder, 'data', 'baimi.db'))).toBe(false);
  });

  it('opens a real ticket with --save', async () => {
    const run = await baimi('ask', '我要找律师', '--json', '--save');
    expect(lastJson(run)).toMatchObject({ kind: 'handoff', ticketNumber: expect.stringMatching(/^\d{8}-0001$/) as unknown });
    expect(existsSync(join(folder, 'data', 'baimi.db'))).toBe(true);
  });

  it('adds, lists and resets accounts, and says why it cannot', async () => {
    const added = lastJson(await baimi('user', 'add', 'wang.li', '王丽', '--json'));
    expect(added).toMatchObject({ login: 'wang.li', name: '王丽', oneTimePassword: expect.stringMatching(/^\S{12}$/) as unknown });
    expect(lastJson(await baimi('user', 'list', '--json'))).toEqual({
      users: [{ login: 'wang.li', name: '王丽', roles: ['lawyer'], mustChangePassword: true, blocked: false, totp: false }],
    });
    expect(lastJson(await baimi('user', 'reset', 'wang.li', '--json'))['oneTimePassword']).not.toBe(added['oneTimePassword']);
    const taken = await baimi('user', 'add', 'wang.li', '王莉');
    expect([taken.code, taken.err]).toEqual([1, '登录名 wang.li 已经有人用了。请换一个，或者重设它的密码。\n']);
    expect((await baimi('user', 'add', 'Wang Li', '王丽')).err).toContain('小写字母');
    expect((await baimi('user', 'reset', 'nobody')).err).toContain('baimi user list');
  });

  it('gives roles, blocks and repairs accounts, and checks the log of it', async () => {
    await baimi('user', 'add', 'li.na', '李娜');
    expect(lastJson(await baimi('user', 'add', 'boss', '张局', '--role', 'officer', 'admin', '--json'))['roles']).toEqual([
      'officer',
      'admin',
    ]);
    expect((await baimi('user', 'add', 'nobody', '无名', '--role', 'king')).code).toBe(1);
    expect((await baimi('user', 'block', 'boss')).err).toContain('最后一个');
    expect(lastJson(await baimi('user', 'block', 'li.na', '--json'))).toEqual({ login: 'li.na', released: [] });
    for (const repair of ['unblock', 'unlock', 'reset-totp']) expect((await baimi('user', repair, 'li.na')).code).toBe(0);
    const whole = lastJson(await baimi('audit', 'verify', '--json')) as { lines: number; last: { seq: number; hash: string } };
    expect(whole).toMatchObject({ ok: true });
    const { seq, hash } = whole.last;
    expect((await baimi('audit', 'verify', '--anchor', `${String(seq)}:${hash}`)).code).toBe(0);
    const other = await baimi('audit', 'verify', '--anchor', `${String(seq)}:${'0'.repeat(64)}`);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining(`第 ${String(seq)} 条`)]);
    expect((await baimi('audit', 'verify', '--anchor', 'x')).err).toContain('序号:校验值');
  }, 120_000);

  it('measures retrieval over a folder of laws', async () => {
    mkdirSync(laws, { recursive: true });
    writeFileSync(
      join(laws, 'a.md'),
      '# 中华人民共和国养蜂法\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 养蜂的人应当登记蜂箱。\n\n第二条 蜜蜂蜇伤他人的，养蜂人赔偿医疗费。\n',
    );
    writeFileSync(
      cases,
      `${JSON.stringify({ id: '1', question: '被蜜蜂蜇伤了谁赔', gold: [['养蜂法', '第二条']], behaviour: 'answer' })}\n${JSON.stringify({ id: '2', question: '养蜂法第1条说什么', gold: [['养蜂法', '第一条']], behaviour: 'answer' })}\n`,
    );
    const run = await baimi('eval', 'retrieval', '--laws', laws, '--cases', cases, '--no-pack', '--json');
    expect(lastJson(run)).toMatchObject({ queries: 2, provisions: 2, 'R@1': 1, 'R@100': 1, 'MRR@10': 1 });
  });

  it('trains a model, uses it, and refuses a system for which there is none', async () => {
    const knowledge = join(folder, 'knowledge');
    cpSync(join(packageRoot(), 'knowledge'), knowledge, { recursive: true });
    rmSync(join(knowledge, 'matters'), { recursive: true });
    // a small pack, so that training takes seconds
    for (const topic of ['civil', 'expropriation', 'services', 'wages']) rmSync(join(knowledge, 'laws', topic), { recursive: true });
    rmSync(join(knowledge, 'model', 'retrieval.json'));
    const env = { BAIMI_KNOWLEDGE: knowledge };
    const missing = await baimiWith(env, 'eval', 'retrieval', '--laws', laws, '--cases', cases, '--system', 'dense');
    expect([missing.code, missing.err.includes('baimi model train')]).toEqual([1, true]);
    const trained = await baimiWith(
      env,
      'model',
      'train',
      '--laws',
      laws,
      '--questions',
      cases,
      '--dimension',
      '16',
      '--rows',
      '3000',
      '--folds',
      '2',
      '--json',
    );
    expect(lastJson(trained)).toMatchObject({ dimension: 16, rows: 3000 });
    const measured = await baimiWith(env, 'eval', 'retrieval', '--laws', laws, '--cases', cases, '--system', 'hybrid', '--json');
    expect(lastJson(measured)).toMatchObject({ system: 'hybrid', queries: 2 });
    expect((await baimiWith(env, 'model', 'train', '--laws', laws, '--questions', cases, '--rows', 'many')).err).toContain('--rows');
  });

  it('measures answers and writes a line for each case', async () => {
    const out = join(folder, 'out.jsonl');
    const report = lastJson(await baimi('eval', 'answers', '--cases', cases, '--out', out, '--json'));
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'behaviourAccuracy',
        'citesGold',
        'citationPrecision',
        'figureRecall',
        'unsupportedFigures',
        'riskAtCoverage',
        'aurocAnswerable',
        'msPerTurnP99',
      ]),
    );
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('tells cause and remedy on bad input', async () => {
    for (const [args, words] of [
      [['eval', 'retrieval', '--laws', join(folder, 'nowhere'), '--cases', cases], '找不到目录'],
      [['eval', 'answers', '--cases', join(folder, 'nowhere.jsonl')], '读不到'],
      [['knowledge', 'check', join(folder, 'nowhere')], '找不到目录'],
      [['eval', 'retrieval'], '--cases'],
      [['eval', 'retrieval', '--cases', cases, '--no-pack'], '没有东西可以检索'],
      [['fly'], 'fly'],
    ] as const) {
      const run = await baimi(...args);
      expect(run.code, args.join(' ')).toBe(1);
      expect(run.err).toContain(words);
      expect(run.err).not.toMatch(/\n\s+at /);
    }
  });

  it('reports what the pack holds', async () => {
    const status = lastJson(await baimi('knowledge', 'status', '--json'));
    expect(status['gists']).toBeGreaterThanOrEqual(373);
    expect(status['withoutChecksum']).toBe(0);
  });
});
