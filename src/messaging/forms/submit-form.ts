import { maskPersonalData } from '../../domain/mask.js';
import { CHANNEL_NAMES } from '../../domain/message.js';
import type { ServiceForm } from '../../domain/service-form.js';
import { openTicket } from '../../handoff/open-ticket.js';
import { NO_PROFILE, type Profile } from '../my-data/ports.js';
import { say } from '../say.js';
import type { Turn } from '../turn.js';
import type { Answers, FormDefinition } from './definition.js';
import { findingLines, papersOf } from './form-text.js';
import { questionsOf } from './forms.js';
import { lawyerNamed, lawyersToPick } from './lawyers.js';
import type { FormSources } from './ports.js';

/** Name, telephone and address stand in the profile only, which is shown on purpose and with a line in the log. */
const ASIDE: readonly (keyof Profile)[] = ['name', 'phone', 'address'];
const IN_PROFILE = '（已留，要看请点“看联系方式”）';

/** Makes the ticket of a form that the person has confirmed. */
export async function submit(turn: Turn, sources: FormSources, form: FormDefinition, answers: Answers): Promise<void> {
  const { stores, conversation, at, day } = turn;
  const asked = questionsOf(form, answers).filter(({ id }) => (answers[id] ?? '') !== '');
  const before = (await stores.profiles.of(conversation.id)) ?? NO_PROFILE;
  const told = Object.fromEntries(asked.flatMap(({ id, personal }) => (personal ? [[personal, answers[id] ?? '']] : [])));
  await stores.profiles.save(conversation.id, { ...before, ...told }, at);

  const details: ServiceForm = {
    form: form.id,
    kind: form.kind,
    answers: asked.map(({ id, label, personal }) => ({
      id,
      label,
      value: personal && ASIDE.includes(personal) ? IN_PROFILE : (answers[id] ?? ''),
    })),
    findings: findingLines(form, answers, sources, day),
    papers: papersOf(form, answers, sources),
  };
  const lawyer = answers['lawyer'] === undefined ? null : lawyerNamed(await lawyersToPick(turn), answers['lawyer']);
  const masked = details.answers.map(({ label, value }) => ({ label, value: maskPersonalData(value) }));
  const story = answers['story'] ?? masked.map(({ label, value }) => `${label}：${value}`).join('；');
  const ticket = await openTicket(
    stores,
    {
      conversationId: conversation.id,
      kind: form.kind,
      reason: 'human-wanted',
      details,
      ...(form.id === 'choose-lawyer' && lawyer ? { wantedStaff: lawyer.id } : {}),
      brief: {
        question: `【${form.title}】${maskPersonalData(story)}`,
        topic: null,
        facts: masked.filter(({ value }) => value !== IN_PROFILE),
        botSaid: details.findings.join('\n'),
        provisions: [],
        channel: CHANNEL_NAMES[conversation.channel],
      },
    },
    at,
  );
  await stores.forms.drop(conversation.id);
  const waiting = (await stores.router?.waitingText(stores, ticket, at)) ?? '';
  return say(
    turn,
    [
      `${form.title}交上去了。工单编号：${ticket.number}。`,
      waiting === '' ? '工作人员看到后会在这里回复您。' : waiting,
      '还想补充什么，直接写就行。想看办到哪一步，发“我的工单”。',
    ].join('\n'),
    {},
    ticket,
  );
}
