import { describe, expect, it } from 'vitest';
import { checkPack, type PackCheck } from '../../src/knowledge/check-pack.js';
import { checksumOf } from '../../src/knowledge/checksum.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';

const ARTICLE_17 =
  '职工发生事故伤害或者按照职业病防治法规定被诊断、鉴定为职业病，所在单位应当自事故伤害发生之日起30日内，提出工伤认定申请。';
const OFFICIAL = `# 工伤保险条例\n\n第十七条 ${ARTICLE_17}\n`;
const GIST = '出了事，单位三十天内要去申请认定工伤。';
const KEY = '工伤保险条例#第十七条';
const RECORDED = { [KEY]: checksumOf(ARTICLE_17) };

const packOf = (gist: string, article = '第十七条', basis: 'official' | 'secondary' = 'official') => [
  parsePackLaw(
    'laws/injury/x.md',
    `---
title: 工伤保险条例
issuer: 国务院
number: null
level: 行政法规
published: 2010-12-20
inForceFrom: 2011-01-01
status: in-force
region: 全国
topic: injury
source: 测试
basis: ${basis}
verified: ${String(basis === 'official')}
checkedAgainst: 2010-12-20
review: 测试
---

## ${article}

${gist}

- 问：受伤了谁去申请
`,
  ),
];
const texts = new Map([['工伤保险条例', parseOfficialMarkdown('x.md', OFFICIAL)]]);
const findings = (check: PackCheck): string[] => check.findings.map(({ kind, line, message }) => `${kind} :${String(line)} ${message}`);

describe('the comparison of the pack with the official texts', () => {
  it('finds nothing where article, figures, words and checksum agree', () => {
    expect(checkPack(packOf(GIST), texts, RECORDED)).toEqual({
      laws: 1,
      gists: 1,
      compared: 1,
      findings: [],
      checksums: RECORDED,
    });
  });

  it('says where a finding is', () => {
    expect(checkPack(packOf('单位六十天内要去申请。'), texts, RECORDED).findings).toEqual([
      {
        kind: 'wrong-figure',
        file: 'laws/injury/x.md',
        line: 18,
        law: '工伤保险条例',
        article: '第十七条',
        message: '“六十天”在原文第十七条里找不到',
      },
    ]);
  });

  it('finds each wrong figure, in the plain sentence and in the rule', () => {
    const check = checkPack(packOf('单位六十天内要去申请。\n\n过了1年就不行了，30日内最好。'), texts, RECORDED);
    expect(findings(check)).toEqual([
      'wrong-figure :18 “六十天”在原文第十七条里找不到',
      'wrong-figure :18 “1年”在原文第十七条里找不到',
    ]);
  });

  it('finds an article that the text does not have, and compares no further', () => {
    const check = checkPack(packOf('单位六十天内要去申请。', '第九百条'), texts, RECORDED);
    expect(findings(check)).toEqual(['missing-article :18 原文没有第九百条，条号写错了或者版本不对']);
    expect([check.compared, check.checksums]).toEqual([0, {}]);
  });

  it('finds a copied sentence and quotes it', () => {
    const copied = '所在单位应当自事故伤害发生之日起30日内提出工伤认定申请';
    expect(findings(checkPack(packOf(`${copied}，别拖。`), texts, RECORDED))).toEqual([`copied :18 照抄了原文：${copied}`]);
  });

  it('finds a text that is no longer the one the gist was written from', () => {
    const check = checkPack(packOf(GIST), texts, { [KEY]: checksumOf('从前的原文') });
    expect(findings(check)).toEqual(['stale :18 原文变了：要旨已过期，请对照新原文改写']);
    expect(check.checksums).toEqual(RECORDED);
  });

  it('finds a gist without a recorded checksum', () => {
    const check = checkPack(packOf(GIST), texts, {});
    expect(findings(check)).toEqual(['no-checksum :18 没有登记校验值；复核后用 --write-checksums 登记']);
    expect(check.checksums).toEqual(RECORDED);
  });

  it('finds a law that it has no text of, once', () => {
    const check = checkPack(packOf(GIST), new Map(), RECORDED);
    expect(findings(check)).toEqual(['no-official-text :1 目录里没有《工伤保险条例》的原文，没法对照；请先下载']);
    expect(check.compared).toBe(0);
  });

  it('passes over what rests on a secondary source: there is no text to hold it against', () => {
    const check = checkPack(packOf('单位六十天内要去申请。', '第九百条', 'secondary'), texts, {});
    expect([check.gists, check.compared, check.findings]).toEqual([1, 0, []]);
  });
});
