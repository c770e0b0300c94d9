import { CHANNELS, CHANNEL_NAMES, type ChannelName } from '../../../domain/message.js';
import type { ChannelState } from '../../../domain/views.js';

interface Shown {
  readonly badge: string;
  readonly tone: 'green' | 'red' | 'grey';
  readonly detail: string;
}

/** Every channel that there is: how it is doing, or that it is off. */
export function ChannelList({ channels }: { readonly channels: readonly ChannelState[] }) {
  return (
    <ul className="channel-list">
      {CHANNELS.map((name) => {
        const { badge, tone, detail } = shownAs(name, channels);
        return (
          <li key={name} className="channel-row" data-testid={`channel-${name}`} data-tone={tone}>
            <strong>{CHANNEL_NAMES[name]}</strong>
            <span className={`channel-state channel-${tone}`}>{badge}</span>
            <span className="channel-detail">{detail}</span>
          </li>
        );
      })}
    </ul>
  );
}

function shownAs(name: ChannelName, channels: readonly ChannelState[]): Shown {
  // whoever reads this has it from the same server as the citizens' page; calls are typed in here
  if (name === 'web' || name === 'phone') return { badge: '正常', tone: 'green', detail: '' };
  const state = channels.find((channel) => channel.name === name);
  if (!state) return { badge: '没有开通', tone: 'grey', detail: '' };
  if (!state.ok) return { badge: '有问题', tone: 'red', detail: state.detail };
  return { badge: '正常', tone: 'green', detail: state.detail === '正常' ? '' : state.detail };
}
