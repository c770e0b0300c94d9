import { ROLE_NAMES } from '../../../domain/access.js';
import type { StaffView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';
import { SessionList } from './SessionList.js';
import { TotpPanel } from './TotpPanel.js';

interface Props {
  readonly staff: StaffView;
  readonly client: DeskClient;
  readonly onChanged: () => void;
}

/** One's own account: roles, second factor, where one is signed in. */
export function MySection({ staff, client, onChanged }: Props) {
  return (
    <main className="section" data-testid="my-account">
      <div className="section-column">
        <h2>我的账号</h2>
        <p className="section-about">
          {staff.name}（{staff.login}）：{staff.roles.map((role) => ROLE_NAMES[role]).join('、')}
        </p>
        <TotpPanel staff={staff} client={client} onChanged={onChanged} />
        <SessionList client={client} />
      </div>
    </main>
  );
}
