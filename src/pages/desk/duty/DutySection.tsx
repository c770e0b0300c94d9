import { useCallback, useState } from 'react';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { AbsenceList } from './AbsenceList.js';
import { dutyRequests } from './duty-requests.js';
import { PointPicker } from './PointPicker.js';
import { addDays, chinaDay } from './week-days.js';
import { WeekGrid } from './WeekGrid.js';

/** A week of duty: of a service point for whoever arranges it, of one's own for everybody else; and leave. */
export function DutySection({ client }: { readonly client: DeskClient }) {
  const [week, setWeek] = useState(() => chinaDay(Date.now()));
  const [point, setPoint] = useState<string | null>(null);
  const { value, failure, refresh } = useLoaded(useCallback(() => dutyRequests.week(client, week, point), [client, week, point]));
  const [refused, setRefused] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setRefused(null);
    setSaid('');
    try {
      await work();
      refresh();
      return true;
    } catch (error) {
      setRefused(failureText(error));
      return false;
    }
  };

  return (
    <main className="section" data-testid="duty">
      <div className="section-column">
        <h2>排班</h2>
        <FormFailure text={failure ?? refused} />
        {value === null ? (
          failure === null && <p className="section-empty">正在读取…</p>
        ) : (
          <>
            {value.mayArrange && <PointPicker client={client} chosen={value.point} onChoose={setPoint} />}
            <p className="section-about">
              {value.point === null
                ? value.mayArrange
                  ? '先选一个服务点来排班。下面是您自己的班。'
                  : '您自己的班，和请您代的班。'
                : value.point.name}
              {value.onDutyNow.length > 0 && ` 现在值班：${value.onDutyNow.join('、')}。`}
            </p>
            <div className="week-moves">
              <button
                type="button"
                className="button button-plain"
                onClick={() => {
                  setWeek(addDays(value.week, -7));
                }}
              >
                上一周
              </button>
              <button
                type="button"
                className="button button-plain"
                onClick={() => {
                  setWeek(addDays(value.week, 7));
                }}
              >
                下一周
              </button>
              {value.mayArrange && value.point !== null && (
                <button
                  type="button"
                  className="button button-quiet"
                  data-testid="copy-week"
                  onClick={() => {
                    const { code } = value.point ?? { code: '' };
                    void act(async () => {
                      const copied = await dutyRequests.copyLastWeek(client, value.week, code);
                      setSaid(copied === 0 ? '上一周没有可以照抄的班。' : `照抄了 ${String(copied)} 班。`);
                    });
                  }}
                >
                  照抄上一周
                </button>
              )}
            </div>
            <p role="status">{said}</p>
            <WeekGrid
              view={value}
              onAdd={(shift) => act(() => dutyRequests.addShift(client, shift))}
              onRemove={(id) => void act(() => dutyRequests.removeShift(client, id))}
            />
            <AbsenceList client={client} view={value} act={act} />
          </>
        )}
      </div>
    </main>
  );
}
