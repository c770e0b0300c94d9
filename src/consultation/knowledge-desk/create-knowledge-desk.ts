import { provisionKey } from '../../domain/law.js';
import type { FigureView, StatementView } from '../../domain/knowledge-views.js';
import type { Library } from '../../knowledge/library.js';
import { withEntered, type EnteredFigure, type Slot } from '../../knowledge/parse-figures.js';
import type { Gist, PackLaw } from '../../knowledge/parse-pack-law.js';
import { digestOfGist, digestOfSlot, slotKey } from '../../knowledge/verification.js';
import type { Knowledge, VerificationStore } from '../ports.js';
import type { KnowledgeDesk, KnowledgeRefusal } from './ports.js';

export interface KnowledgeDeskDeps {
  readonly store: VerificationStore;
  readonly pack: () => Pick<Knowledge, 'laws' | 'figures'>;
  readonly library: () => Library;
  readonly now: () => number;
  /** ISO day in China. */
  readonly dayOf: (at: number) => string;
}

const NO_STATEMENT: KnowledgeRefusal = { reason: 'not-found', text: '没有这一条。请刷新再看。' };
const NO_SLOT: KnowledgeRefusal = { reason: 'not-found', text: '没有这个数据。请刷新再看。' };

export function createKnowledgeDesk({ store, pack, library, now, dayOf }: KnowledgeDeskDeps): KnowledgeDesk {
  const secondHand = (): { readonly entry: PackLaw; readonly gist: Gist; readonly key: string }[] =>
    pack()
      .laws.filter(({ basis }) => basis === 'secondary')
      .flatMap((entry) => entry.gists.map((gist) => ({ entry, gist, key: provisionKey({ law: entry.law.title, article: gist.article }) })));
  const slots = async (): Promise<{ readonly slots: readonly Slot[]; readonly entered: readonly EnteredFigure[] }> => {
    const entered = await store.figures();
    return { slots: withEntered(pack().figures, entered, await store.verifications()).slots, entered };
  };

  return {
    async view(by) {
      const verifications = await store.verifications();
      const { slots: all, entered } = await slots();
      return {
        statements: secondHand().map(({ entry, gist, key }): StatementView => {
          const held = verifications.find((one) => one.key === key && one.digest === digestOfGist(gist));
          return {
            key,
            law: entry.law.title,
            article: gist.article,
            says: gist.plain,
            source: gist.source ?? entry.source,
            conflict: gist.conflict,
            verified: held ? { by: held.by, on: held.on, against: held.against } : null,
          };
        }),
        figures: all.map(({ id, title, unit, value, source, verified, verifiedBy }): FigureView => {
          const history = entered.filter(({ slot }) => slot === id).reverse();
          const enteredBy = history[0]?.by ?? null;
          return { id, title, unit, value, source, verifiedBy: verified ? verifiedBy : null, enteredBy, mine: enteredBy === by, history };
        }),
        stale: library()
          .provisions.filter((provision) => library().standing(provision, dayOf(now())) === 'stale')
          .map(({ law, article, gist }) => ({ law: law.title, article, says: gist?.plain ?? '' })),
      };
    },
    async verifyStatement(key, by, against) {
      const found = secondHand().find((one) => one.key === key);
      if (!found) return NO_STATEMENT;
      if (found.gist.conflict !== null) {
        return { reason: 'conflict', text: `这一条几个来源说法不一（${found.gist.conflict}），不能核实。请查到原文后，改知识库里的文件。` };
      }
      await store.verify({ key, digest: digestOfGist(found.gist), by, on: dayOf(now()), against }, now());
      return null;
    },
    async withdrawStatement(key) {
      return (await store.withdraw(key)) ? null : NO_STATEMENT;
    },
    async enterFigure(id, entry, by) {
      if (!(await slots()).slots.some((slot) => slot.id === id)) return NO_SLOT;
      await store.enter({ slot: id, ...entry, by }, now());
      return null;
    },
    async verifyFigure(id, by) {
      const { slots: all, entered } = await slots();
      const slot = all.find((one) => one.id === id);
      if (!slot) return NO_SLOT;
      if (slot.value === null || slot.source === null) return { reason: 'empty', text: '这一格还空着，请先填数和来源。' };
      if (entered.findLast((one) => one.slot === id)?.by === by) {
        return { reason: 'second-person', text: '这个数是您填的，要请另一位同事对照来源核实。' };
      }
      await store.verify({ key: slotKey(id), digest: digestOfSlot(slot), by, on: dayOf(now()), against: slot.source }, now());
      return null;
    },
  };
}
