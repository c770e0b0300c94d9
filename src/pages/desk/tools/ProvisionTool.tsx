import { useEffect, useId, useState } from 'react';
import type { ProvisionHit } from '../../../domain/desk-views.js';
import type { TicketView } from '../../../domain/views.js';
import { failureText } from '../../shared/request.js';
import { dayText } from '../../shared/times.js';
import { FormFailure } from '../FormFailure.js';
import type { ToolProps } from './tool.js';
import { toolRequests } from './tool-requests.js';

const SETTLE_MS = 300;

/** Provisions of the whole library; one tap puts one into the reply. With nothing typed: those that the bot looked at. */
export function ProvisionTool({ client, ticket, insert }: ToolProps) {
  const id = useId();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<{ readonly q: string; readonly hits: readonly ProvisionHit[] } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = q.trim();
  useEffect(() => {
    if (wanted.length < 2) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      toolRequests.provisions(client, wanted).then(
        (hits) => {
          if (!current) return;
          setFound({ q: wanted, hits });
          setFailure(null);
        },
        (error: unknown) => {
          if (current) setFailure(failureText(error));
        },
      );
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, wanted]);

  /** The bot's own sources stand as "法律 第几条"; their words come from the library. */
  const insertNamed = async (name: string): Promise<void> => {
    if (insert === null) return;
    const [law = name, article = ''] = name.split(' ');
    const hits = await toolRequests.provisions(client, `${law}${article}`).catch(() => []);
    insert(hits.find((hit) => hit.law === law && hit.article === article)?.insert ?? `《${law}》${article}`);
  };
  const looked = lookedAt(ticket);
  return (
    <div className="provisions">
      <label className="visually-hidden" htmlFor={`${id}-q`}>
        查法条
      </label>
      <input
        id={`${id}-q`}
        type="search"
        className="tool-search"
        data-testid="provision-search"
        placeholder="法律名和条号，或者要查的事"
        value={q}
        maxLength={200}
        onChange={(event) => {
          setQ(event.target.value);
        }}
      />
      <FormFailure text={failure} />
      {insert === null && <p className="tool-about">领取以后，点一下就能放进回复。</p>}
      {wanted.length < 2 ? (
        looked.length > 0 && (
          <>
            <h4>机器查到的{insert !== null && '，点一下放进回复'}</h4>
            <ul className="provision-looked">
              {looked.map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    className="suggestion"
                    data-testid="provision-looked"
                    disabled={insert === null}
                    onClick={() => void insertNamed(name)}
                  >
                    ＋ {name}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )
      ) : (
        <p className="tool-about" role="status">
          {found?.q !== wanted ? '正在查…' : found.hits.length === 0 ? '没有查到。换个说法再查。' : `查到 ${String(found.hits.length)} 条`}
        </p>
      )}
      {wanted.length >= 2 && (
        <ol className="provision-hits">
          {found?.hits.map((hit) => (
            <ProvisionItem key={`${hit.law}${hit.article}`} hit={hit} insert={insert} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** "工伤保险条例 第十四条": what the bot cited to the person, then what it looked at. */
function lookedAt({ messages, brief }: TicketView): string[] {
  const cited = messages.flatMap(({ body }) => {
    if (body.type !== 'answer') return [];
    const { answer } = body;
    return answer.kind === 'cited' || answer.kind === 'service' ? answer.citations.map(({ law, article }) => `${law} ${article}`) : [];
  });
  return [...new Set([...cited, ...brief.provisions])];
}

function statusText({ status, inForceFrom }: ProvisionHit): string {
  if (status === 'repealed') return '已经失效';
  if (status === 'not-yet') return inForceFrom === null ? '还没施行' : `${dayText(inForceFrom)}起施行`;
  return '现行有效';
}

function ProvisionItem({ hit, insert }: { readonly hit: ProvisionHit; readonly insert: ToolProps['insert'] }) {
  const inForce = hit.status === 'in-force';
  return (
    <li className="provision" data-testid="provision-hit">
      <p className="provision-name">
        <b>
          《{hit.law}》{hit.article}
        </b>
        <span className={`badge ${inForce ? '' : 'badge-red'}`}>{statusText(hit)}</span>
        {!hit.verified && <span className="badge badge-amber">待核实</span>}
      </p>
      <p className="provision-text lines">
        {!hit.official && <span className="badge badge-grey">要旨</span>} {hit.text}
      </p>
      {hit.caution !== null && <p className="provision-caution">{hit.caution}</p>}
      {insert !== null && (
        <button
          type="button"
          className="text-button"
          data-testid="provision-insert"
          disabled={!inForce}
          onClick={() => {
            insert(hit.insert);
          }}
        >
          {inForce ? '＋ 放进回复' : '不是现行有效的，不能引用'}
        </button>
      )}
    </li>
  );
}
