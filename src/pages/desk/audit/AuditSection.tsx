import { useCallback, useState } from 'react';
import { AUDIT_ACTION_NAMES, type AuditDetail, type AuditView } from '../../../domain/audit.js';
import { momentText } from '../../shared/times.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';

const EMPTY = { ticket: '', staff: '', action: '', from: '', to: '' };

/** Who did what, newest first; for officer and administrator. */
export function AuditSection({ client }: { readonly client: DeskClient }) {
  const [filter, setFilter] = useState(EMPTY);
  const [cursors, setCursors] = useState<readonly number[]>([]);
  const [staffName, setStaffName] = useState<string | null>(null);
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();
  const before = cursors.at(-1);
  const load = useCallback(
    () => client.get<AuditView>(`/audit?${query}${before === undefined ? '' : `&before=${String(before)}`}`),
    [client, query, before],
  );
  const { value, failure } = useLoaded(load);
  const choose = (next: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...next });
    setCursors([]);
  };
  const day = (name: 'from' | 'to', label: string) => (
    <label>
      {label}
      <input
        type="date"
        value={filter[name]}
        onChange={(event) => {
          choose({ [name]: event.target.value });
        }}
      />
    </label>
  );
  const now = Date.now();

  return (
    <main className="section" data-testid="audit">
      <div className="section-column">
        <h2>操作记录</h2>
        <p className="section-about">谁在什么时候看了、改了、导出了什么。只能增加，不能改，也不能删。</p>
        <div className="audit-filter">
          <label>
            工单号
            <input
              placeholder="20261124-0001"
              data-testid="audit-ticket"
              value={filter.ticket}
              onChange={(event) => {
                choose({ ticket: event.target.value.trim() });
              }}
            />
          </label>
          <label>
            做了什么
            <select
              data-testid="audit-action"
              value={filter.action}
              onChange={(event) => {
                choose({ action: event.target.value });
              }}
            >
              <option value="">全部</option>
              {Object.entries(AUDIT_ACTION_NAMES).map(([action, name]) => (
                <option key={action} value={action}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {day('from', '从')}
          {day('to', '到')}
        </div>
        <div className="account-buttons">
          <a className="button button-quiet" data-testid="audit-export" href={`/api/desk/audit/export.csv?${query}`} download="audit.csv">
            导出 CSV
          </a>
          {filter.staff !== '' && (
            <button
              type="button"
              className="button button-plain"
              onClick={() => {
                setStaffName(null);
                choose({ staff: '' });
              }}
            >
              只看{staffName}的，点这里看所有人的
            </button>
          )}
        </div>
        <FormFailure text={failure} />
        {value === null && failure === null && <p className="section-empty">正在读取…</p>}
        {value?.lines.length === 0 && <p className="section-empty">没有这样的记录。</p>}
        <ul className="audit-list">
          {value?.lines.map((line) => (
            <li key={line.seq} data-testid="audit-line" data-action={line.action}>
              <span className="account-note">{momentText(line.at, now)}</span>
              <strong>{line.by ?? '系统'}</strong>
              <span>{line.actionName}</span>
              <span className="audit-subject">{line.subjectName ?? line.subject.replace(/^ticket:/, '工单 ')}</span>
              <span className="account-note audit-detail">{detailText(line.detail)}</span>
              {line.subject.startsWith('staff:') && line.subjectName !== null && filter.staff === '' && (
                <button
                  type="button"
                  className="text-button"
                  onClick={() => {
                    setStaffName(line.subjectName);
                    choose({ staff: line.subject.slice('staff:'.length) });
                  }}
                >
                  只看{line.subjectName}
                </button>
              )}
            </li>
          ))}
        </ul>
        <div className="account-buttons">
          {cursors.length > 0 && (
            <button
              type="button"
              className="button button-plain"
              onClick={() => {
                setCursors(cursors.slice(0, -1));
              }}
            >
              更新的
            </button>
          )}
          {value !== null && value.next !== null && (
            <button
              type="button"
              className="button button-plain"
              onClick={() => {
                if (value.next !== null) setCursors([...cursors, value.next]);
              }}
            >
              更早的
            </button>
          )}
        </div>
      </div>
    </main>
  );
}

/** Names and values as they were recorded: for whoever looks into a case. */
function detailText(detail: AuditDetail): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('、') : String(value)}`)
    .join(' ');
}
