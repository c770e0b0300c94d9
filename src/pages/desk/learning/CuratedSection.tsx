import { useCallback, useState } from 'react';
import type { CuratedStatus, CuratedView } from '../../../domain/curated-answer.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { CuratedCard } from './CuratedCard.js';
import { useLoaded } from './use-loaded.js';

interface Props {
  readonly client: DeskClient;
  readonly tick: number;
}

/** What waits for somebody first. */
const GROUPS: readonly { readonly status: CuratedStatus; readonly title: string }[] = [
  { status: 'proposed', title: '等批准' },
  { status: 'expired', title: '依据变了，已停用' },
  { status: 'approved', title: '在用' },
  { status: 'withdrawn', title: '已撤回' },
];

/** Answers that lawyers keep for questions that come again. */
export function CuratedSection({ client, tick }: Props) {
  const {
    value: answers,
    failure,
    refresh,
  } = useLoaded(
    useCallback(() => client.curated(), [client]),
    tick,
  );
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const move = async (curated: CuratedView, kind: 'approve' | 'withdraw'): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await client.moveCurated(curated.id, kind);
    } catch (error) {
      setRefused(failureText(error));
    }
    setBusy(false);
    refresh();
  };

  return (
    <main className="section" data-testid="curated">
      <div className="section-column">
        <h2>常用答复</h2>
        <p className="section-about">
          群众问得几乎一样时，直接用律师写好的答复。一位律师提出，另一位批准才启用；依据的条文一变，自动停用。要新增一条，请打开您回复过的工单，点“收作常用答复”。
        </p>
        <FormFailure text={refused ?? failure} />
        {answers === null && failure === null && <p className="section-empty">正在读取…</p>}
        {answers?.length === 0 && <p className="section-empty">还没有常用答复。</p>}
        {GROUPS.map(({ status, title }) => {
          const group = answers?.filter((curated) => curated.status === status) ?? [];
          if (group.length === 0) return null;
          return (
            <details key={status} className="curated-group" open={status !== 'withdrawn'}>
              <summary>
                {title}
                <span className="tab-count">{group.length}</span>
              </summary>
              {group.map((curated) => (
                <CuratedCard key={curated.id} curated={curated} busy={busy} onMove={(kind) => void move(curated, kind)} />
              ))}
            </details>
          );
        })}
      </div>
    </main>
  );
}
