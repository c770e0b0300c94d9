import { useState } from 'react';
import type { ImportView } from '../../../domain/organisation-views.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { ImportPreview } from './ImportPreview.js';
import { organisationRequests, type TableKind } from './organisation-requests.js';

const COLUMNS: Readonly<Record<TableKind, string>> = {
  points: '代码,名称,层级,上级代码,地址,电话,纬度,经度,开放时间',
  staff: '登录名,姓名,角色,服务点代码,擅长,电话',
};

interface Props {
  readonly client: DeskClient;
  readonly onImported: () => void;
}

/** A table is looked through first; what it would change is shown, and stored only then. */
export function ImportTables({ client, onImported }: Props) {
  const [table, setTable] = useState<TableKind>('points');
  const [file, setFile] = useState<File | null>(null);
  const [view, setView] = useState<ImportView | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const send = async (dry: boolean): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const next = await organisationRequests.import(client, table, file, dry);
      setView(next);
      if (!dry) onImported();
    } catch (error) {
      setView(null);
      setFailure(failureText(error));
    }
    setBusy(false);
  };

  return (
    <section className="import-tables" aria-labelledby="import-title">
      <h3 id="import-title">收进一张表（CSV）</h3>
      <div className="import-choice" role="radiogroup" aria-label="哪张表">
        {(['points', 'staff'] as const).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="table"
              checked={table === kind}
              onChange={() => {
                setTable(kind);
                setView(null);
              }}
            />
            {kind === 'points' ? '服务点' : '人员'}
          </label>
        ))}
      </div>
      <p className="section-about">第一行写列名：{COLUMNS[table]}。Excel、WPS 存成 CSV 就行，编码不限。</p>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label="选一个 CSV 文件"
        data-testid="import-file"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          setView(null);
          setFailure(null);
        }}
      />
      <button
        type="button"
        className="button button-quiet"
        data-testid="import-check"
        disabled={file === null || busy}
        onClick={() => void send(true)}
      >
        {busy ? '请稍等…' : '先看看会改什么'}
      </button>
      <FormFailure text={failure} />
      {view !== null && <ImportPreview view={view} busy={busy} onConfirm={() => void send(false)} />}
    </section>
  );
}
