import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { statementsOf, withSource } from '../../src/consultation/compose.js';
import { continuationOf, NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { verifyAnswer } from '../../src/consultation/verify.js';
import { NOTICE, type ServiceAnswer } from '../../src/domain/answer.js';
import { citationOf } from '../../src/consultation/compose.js';
import { provisionKey } from '../../src/domain/law.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

const pack = readPack(readConfig({}).knowledgeFolder);
const { library } = shippedConsultation();

/** Faults of statements that are sent as they stand in the pack. */
function faultsOf(
  statements: readonly { readonly text: string; readonly cites: readonly { readonly law: string; readonly article: string }[] }[],
): string[] {
  return statements.flatMap((statement) => {
    const citations = statement.cites.flatMap((ref) => {
      const provision = library.byKey.get(provisionKey(ref));
      return provision ? [citationOf(provision)] : [];
    });
    const answer: ServiceAnswer = {
      kind: 'service',
      service: 'lawyer',
      headline: '这样办。',
      steps: [withSource(statement)],
      sections: [],
      citations,
      alsoHandoff: null,
      options: [],
      confidence: 1,
      notice: NOTICE,
    };
    return verifyAnswer(answer, library, TODAY).map((fault) => `${fault.fault}: ${statement.text}`);
  });
}

describe('what the pack says is never refused by the checks before sending', () => {
  it('in any part of any guide', () => {
    expect(pack.guides.flatMap((guide) => faultsOf([...guide.steps, ...guide.sections.flatMap(({ statements }) => statements)]))).toEqual(
      [],
    );
  });

  it('in any part of any matter', () => {
    const statements = pack.matters.flatMap((matter) => {
      const said = statementsOf(matter, [], { library, day: TODAY });
      return said
        ? [said.headline, ...said.answer, ...said.today, ...said.deadlines, ...said.mistakes, ...[...matter.cases.values()].flat()]
        : [];
    });
    expect(statements.length).toBeGreaterThan(2000);
    expect(faultsOf(statements)).toEqual([]);
  });
});

describe('every option of every matter', () => {
  it('is understood when it is tapped', () => {
    const last = (file: string) => ({ question: '问', topic: 'injury' as const, service: null, matter: file });
    const lost = pack.matters.flatMap((matter) =>
      matter.facts.flatMap(({ id, options }) =>
        options.filter((option) => {
          const state = { ...NEW_CONSULTATION, last: last(matter.file), pending: `${matter.file}#${id}`, options };
          const continuation = continuationOf(option, option, { type: 'vague' }, state, [], false);
          return continuation.kind !== 'case' || continuation.name !== `${id}=${option}`;
        }),
      ),
    );
    expect(lost).toEqual([]);
  });
});
