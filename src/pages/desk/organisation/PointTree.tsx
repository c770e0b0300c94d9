import { useCallback, useState } from 'react';
import type { PointView } from '../../../domain/organisation-views.js';
import { POINT_TIER_NAMES } from '../../../domain/service-point.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { organisationRequests } from './organisation-requests.js';

interface Props {
  readonly client: DeskClient;
  readonly points: readonly PointView[];
}

/** Service points, each to be opened for those right below it. */
export function PointTree({ client, points }: Props) {
  return (
    <ul className="point-tree">
      {points.map((point) => (
        <PointItem key={point.code} client={client} point={point} />
      ))}
    </ul>
  );
}

function PointItem({ client, point }: { readonly client: DeskClient; readonly point: PointView }) {
  const [open, setOpen] = useState(point.tier === 'city');
  return (
    <li className="point-item" data-testid={`point-${point.code}`}>
      <div className="point-head">
        <strong>{point.name}</strong>
        <span className="badge badge-grey">{POINT_TIER_NAMES[point.tier]}</span>
        {!point.active && <span className="badge badge-red">停用</span>}
        {point.active && <span className={point.open ? 'badge' : 'badge badge-amber'}>{point.open ? '开着' : '没有开门'}</span>}
      </div>
      <p className="point-lines">
        {[point.address, point.phone, point.hours].filter((line) => line !== '').join(' · ')}
        <br />
        代码 {point.code}
        {point.staff.length > 0 &&
          ` · 人员：${point.staff.slice(0, 8).join('、')}${point.staff.length > 8 ? `等 ${String(point.staff.length)} 人` : ''}`}
      </p>
      {point.below > 0 && (
        <button
          type="button"
          className="text-button"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? '收起' : `下面有 ${String(point.below)} 个`}
        </button>
      )}
      {open && point.below > 0 && <Below client={client} parent={point.code} />}
    </li>
  );
}

function Below({ client, parent }: { readonly client: DeskClient; readonly parent: string }) {
  const { value, failure } = useLoaded(useCallback(() => organisationRequests.points(client, '', parent), [client, parent]));
  if (value === null) return failure === null ? <p className="section-empty">正在读取…</p> : <FormFailure text={failure} />;
  return <PointTree client={client} points={value.points} />;
}
