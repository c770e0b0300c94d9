/** Questions to begin with, in people's own words. */
export interface ExampleTopic {
  readonly name: string;
  readonly questions: readonly string[];
}

export const EXAMPLE_TOPICS: readonly ExampleTopic[] = [
  {
    name: '征收拆迁',
    questions: ['村里要征我家的地，补偿咋个算？', '补偿谈不拢，不想签字咋办？', '没签协议，能强拆我家房子吗？'],
  },
  {
    name: '工伤',
    questions: ['上班路上被车撞了，算不算工伤？', '没买工伤保险，受伤了谁赔？', '工伤要怎么申请？多久之内要办？'],
  },
  {
    name: '工资',
    questions: ['老板拖着工资不发，我该找谁？', '没签合同，能要双倍工资吗？', '包工头跑了，工钱找谁要？'],
  },
];
