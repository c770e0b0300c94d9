import { useEffect, useId, useState } from 'react';
import { TICKET_KINDS, TICKET_KIND_NAMES, TOPIC_NAMES } from '../../../domain/answer.js';
import type { QueueView } from '../../../domain/desk-views.js';
import { narrowed, ONLY, ONLY_NAMES, type QueueFilter } from './queue-filter.js';
import type { Township } from './use-townships.js';

interface Props {
  readonly filter: QueueFilter;
  readonly counts: QueueView['counts'];
  /** Tickets under the filter; null while they are being read. */
  readonly total: number | null;
  readonly townships: readonly Township[];
  readonly onFilter: (change: Partial<QueueFilter>) => void;
}

interface Choice {
  readonly name: 'kind' | 'topic' | 'township';
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}

/** How long typing rests before it is searched for. */
const SETTLE_MS = 250;

/** Search, what presses, and by kind, topic and township. */
export function QueueFilters({ filter, counts, total, townships, onFilter }: Props) {
  const id = useId();
  const [open, setOpen] = useState(narrowed(filter) > 0);
  const [words, setWords] = useState(filter.q);
  useEffect(() => {
    if (words === filter.q) return undefined;
    const timer = setTimeout(() => {
      onFilter({ q: words });
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words, filter.q, onFilter]);
  const choices: readonly Choice[] = [
    { name: 'kind', label: '类别', options: TICKET_KINDS.map((kind) => [kind, TICKET_KIND_NAMES[kind]]) },
    { name: 'topic', label: '事项', options: Object.values(TOPIC_NAMES).map((name) => [name, name]) },
    {
      name: 'township',
      label: '镇（街道）',
      options: [...townships.map(({ code, name }) => [code, name] as const), ['none', '不清楚哪里的']],
    },
  ];
  const set = narrowed(filter);
  const count = { 'for-me': counts.forMe, overdue: counts.overdue, deadline: 0 };
  return (
    <div className="filters" role="search" aria-label="找工单">
      <div className="filters-line">
        <label className="visually-hidden" htmlFor={`${id}-q`}>
          按工单号或内容找
        </label>
        <input
          id={`${id}-q`}
          type="search"
          className="filters-search"
          data-testid="queue-search"
          placeholder={total === null ? '正在读取…' : `共 ${String(total)} 张，找工单号、内容`}
          value={words}
          maxLength={80}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        <button
          type="button"
          className="chip"
          data-testid="filters-more"
          aria-expanded={open}
          aria-controls={`${id}-more`}
          onClick={() => {
            setOpen(!open);
          }}
        >
          筛选{set > 0 && `（${String(set)}）`}
        </button>
      </div>
      <div className="filters-line filters-chips" role="group" aria-label="只看">
        {ONLY.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            data-testid={`only-${one}`}
            aria-pressed={filter.only === one}
            onClick={() => {
              onFilter({ only: filter.only === one ? '' : one });
            }}
          >
            {ONLY_NAMES[one]}
            {count[one] > 0 && ` ${String(count[one])}`}
          </button>
        ))}
        <span className="visually-hidden" role="status" data-testid="queue-total">
          {total === null ? '' : `共 ${String(total)} 张`}
        </span>
      </div>
      {open && (
        <div className="filters-more" id={`${id}-more`}>
          {choices.map(({ name, label, options }) => (
            <label key={name} className="filters-choice">
              <span>{label}</span>
              <select
                data-testid={`filter-${name}`}
                value={filter[name]}
                onChange={(event) => {
                  onFilter({ [name]: event.target.value });
                }}
              >
                <option value="">全部</option>
                {options.map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
          ))}
          {set > 0 && (
            <button
              type="button"
              className="text-button"
              data-testid="filters-clear"
              onClick={() => {
                onFilter({ kind: '', topic: '', township: '' });
              }}
            >
              全部清掉
            </button>
          )}
        </div>
      )}
    </div>
  );
}
