import { useCallback, useState } from 'react';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { ImportTables } from './ImportTables.js';
import { organisationRequests } from './organisation-requests.js';
import { PointTree } from './PointTree.js';

/** Service points: found by words, or gone down from the top; and their tables imported. */
export function OrganisationSection({ client }: { readonly client: DeskClient }) {
  const [q, setQ] = useState('');
  const [version, setVersion] = useState(0);
  const words = q.trim();
  const { value, failure } = useLoaded(
    useCallback(() => organisationRequests.points(client, words, null), [client, words]),
    version,
  );
  return (
    <main className="section" data-testid="organisation">
      <div className="section-column">
        <h2>服务点</h2>
        <p className="section-about">
          {value === null || value.total === 0 ? '还没有服务点。请在下面收进服务点的表。' : `一共 ${String(value.total)} 个。`}
        </p>
        <label className="point-search">
          <span>找服务点</span>
          <input
            type="search"
            value={q}
            maxLength={60}
            placeholder="名称、地址、电话或者代码"
            data-testid="point-search"
            onChange={(event) => {
              setQ(event.target.value);
            }}
          />
        </label>
        <FormFailure text={failure} />
        {value !== null && words !== '' && value.points.length === 0 && <p className="section-empty">没有找到“{words}”。</p>}
        {value !== null && <PointTree key={words} client={client} points={value.points} />}
        {value?.more === true && <p className="section-about">还有更多，请把字写得具体一点。</p>}
        <ImportTables
          client={client}
          onImported={() => {
            setVersion((before) => before + 1);
          }}
        />
      </div>
    </main>
  );
}
