import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCannedReplies } from '../../src/adapters/files/read-canned-replies.js';
import { readConfig } from '../../src/config.js';
import { fillVariables, unknownVariables } from '../../src/domain/reply-variables.js';
import { parseCannedReplies } from '../../src/knowledge/parse-canned-replies.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('the replies of the pack', () => {
  it('are a dozen and more, and state no law: neither an article, nor a time limit, nor an amount', () => {
    const replies = readCannedReplies(readConfig({}).knowledgeFolder);
    expect(replies.length).toBeGreaterThanOrEqual(12);
    for (const { id, text } of replies) expect(text, id).not.toMatch(/第.{1,6}条|《|\d+\s*(?:日|天|年|个月|元|倍)/);
  });

  it('are none where the pack has no such file, and are refused with the remedy where they are wrong', () => {
    expect(readCannedReplies(join(temporaryFolder(), 'nowhere'))).toEqual([]);
    const entry = (id: string, text: string): string => `- { id: ${id}, title: 标题, text: "${text}" }\n`;
    expect(() => parseCannedReplies('x.yaml', entry('a', '{名字}好，你好'))).toThrow('{名字}');
    expect(() => parseCannedReplies('x.yaml', entry('a', '一句话话') + entry('a', '一句话话'))).toThrow('写了两遍');
    expect(() => parseCannedReplies('x.yaml', '- { id: a }')).toThrow('第 1 条');
    expect(() => parseCannedReplies('x.yaml', '"')).toThrow('YAML');
  });
});

describe('variables', () => {
  it('are filled in; what is not known stays to be seen, and what is no variable is left alone', () => {
    const values = { 称呼: '您', 我的名字: '王芳', 工单号: '1', 服务点: null, 服务点电话: null, 今天: '今天' };
    expect(fillVariables('{称呼}好，到{服务点}来，{别的}', values)).toBe('您好，到〔服务点〕来，{别的}');
    expect(unknownVariables('{称呼}{别的}{别的}')).toEqual(['{别的}']);
  });
});
