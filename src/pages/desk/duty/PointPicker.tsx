import { useCallback, useState } from 'react';
import type { DutyView } from '../../../domain/organisation-views.js';
import type { DeskClient } from '../desk-client.js';
import { useLoaded } from '../learning/use-loaded.js';
import { organisationRequests } from '../organisation/organisation-requests.js';

interface Props {
  readonly client: DeskClient;
  readonly chosen: DutyView['point'];
  readonly onChoose: (code: string | null) => void;
}

/** A service point by a few words of its name. */
export function PointPicker({ client, chosen, onChoose }: Props) {
  const [q, setQ] = useState('');
  const words = q.trim();
  const { value } = useLoaded(useCallback(() => organisationRequests.points(client, words, null), [client, words]));
  return (
    <div className="point-picker">
      <label className="point-search">
        <span>给哪个服务点排班</span>
        <input
          type="search"
          value={q}
          placeholder={chosen?.name ?? '写几个字找，例如 工作站'}
          data-testid="duty-point"
          onChange={(event) => {
            setQ(event.target.value);
          }}
        />
      </label>
      {(words !== '' || chosen === null) && value !== null && (
        <ul className="point-choices">
          {value.points.slice(0, 12).map(({ code, name }) => (
            <li key={code}>
              <button
                type="button"
                className="button button-plain"
                onClick={() => {
                  setQ('');
                  onChoose(code);
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
