import { describe, expect, it } from 'vitest';
import type { CitedAnswer } from '../../src/domain/answer.js';
import { arrangeAnswer } from '../../src/pages/chat/answers/arrange-answer.js';
import { sourceNames } from '../../src/pages/shared/source-names.js';
import { completeAnswer } from '../../src/pages/shared/complete-answer.js';

const answer = (parts: Partial<CitedAnswer>): CitedAnswer => ({
  ...{ kind: 'cited', topic: 'wages', headline: '可以投诉。', points: [], citations: [], steps: [], deadlines: [], evidence: [] },
  ...{ further: [], guide: null, furtherCitations: [], caveats: [], calculation: null, ask: null, alsoHandoff: null },
  ...{ confidence: 0.9, notice: '' },
  ...parts,
});

describe('an answer on the page', () => {
  it('shows three reasons at first sight and keeps the others', () => {
    const { points, more } = arrangeAnswer(answer({ points: ['甲。', '乙。', '丙。', '丁。'] }));
    expect(points).toEqual(['甲。', '乙。', '丙。']);
    expect(more.points).toEqual(['丁。']);
  });

  it('shows two reasons below a sum', () => {
    const calculation = { headline: '一共100元。', lines: [] };
    expect(arrangeAnswer(answer({ points: ['甲。', '乙。', '丙。'], calculation })).points).toEqual(['甲。', '乙。']);
  });

  it('says nothing twice, whatever source stands behind it, and keeps a time limit with the time limits', () => {
    const limit = '1年内申请仲裁。';
    const arranged = arrangeAnswer(
      answer({
        points: ['可以投诉。〔劳动法第一条〕', `${limit}〔劳动法第二条〕`, '要有证据。〔劳动法第三条〕'],
        deadlines: [`${limit}〔劳动法第二条；劳动法第四条〕`],
        further: ['要有证据'],
        guide: {
          title: '要工资',
          sections: [
            { title: '期限', asked: true, lines: [limit, '2年内投诉。'] },
            { title: '费用', asked: false, lines: ['要有证据。'] },
          ],
        },
      }),
    );
    expect(arranged.points).toEqual(['要有证据。〔劳动法第三条〕']);
    expect(arranged.deadlines).toHaveLength(1);
    expect(arranged.asked).toEqual([{ title: '期限', asked: true, lines: ['2年内投诉。'] }]);
    expect(arranged.more).toEqual({ points: [], evidence: [], further: [], sections: [], caveats: [] });
  });

  it('can be shown though it was stored before answers had these parts', () => {
    const { kind, topic, headline, points, citations, steps, caveats, confidence, notice } = answer({ points: ['甲。'] });
    const stored = { kind, topic, headline, points, citations, steps, caveats, confidence, notice } as CitedAnswer;
    const complete = completeAnswer(stored);
    expect(complete.kind === 'cited' && arrangeAnswer(complete).points).toEqual(['甲。']);
  });
});

describe('the names of sources', () => {
  it.each([
    ['工伤保险条例第十四条；工伤保险条例第十六条', '《工伤保险条例》第十四条、第十六条'],
    ['劳动法第五十条；工资支付暂行规定第九条', '《劳动法》第五十条；《工资支付暂行规定》第九条'],
    [
      '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）第十五条',
      '《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第十五条',
    ],
    ['刑法第二百七十六条之一', '《刑法》第二百七十六条之一'],
  ])('%s reads %s', (source, names) => {
    expect(sourceNames(source)).toBe(names);
  });
});
