import type { DeskClient } from '../desk-client.js';
import { EntranceCard } from '../EntranceCard.js';
import { TotpSetup } from './TotpSetup.js';

interface Props {
  readonly client: DeskClient;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

/** The second factor, where nothing else works before it is set up. */
export function TotpFirst({ client, onDone, onLeave }: Props) {
  return (
    <EntranceCard title="请先设置动态码" hint="值班负责人和管理员登录要用动态码。">
      <TotpSetup client={client} onDone={onDone} />
      <button type="button" className="text-button" onClick={onLeave}>
        退出
      </button>
    </EntranceCard>
  );
}
