import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { ChannelList } from './ChannelList.js';
import { LoginCode } from './LoginCode.js';
import { TelegramLink } from './TelegramLink.js';
import { useChannels } from './use-channels.js';

/** How the channels are doing, the WeChat login, and one's own Telegram. */
export function ChannelsSection({ client }: { readonly client: DeskClient }) {
  const { view, failure } = useChannels(client);
  return (
    <main className="section" data-testid="channels">
      <div className="section-column">
        <h2>渠道</h2>
        <FormFailure text={failure} />
        {view === null && failure === null && <p className="section-empty">正在读取…</p>}
        {view === 'not-allowed' && <p className="section-about">渠道的状态和微信登录，由值班负责人和管理员查看。</p>}
        {view !== null && view !== 'not-allowed' && (
          <>
            <p className="section-about">每个渠道现在能不能收发。坏了的渠道不影响别的；发不出去的话先留着，通了再送。</p>
            {view.scan !== null && <LoginCode scan={view.scan} />}
            <ChannelList channels={view.channels} />
          </>
        )}
        <TelegramLink client={client} />
      </div>
    </main>
  );
}
