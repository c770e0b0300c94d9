import type { ChannelProfile, Outgoing, PushChannel, Sent } from '../../src/messaging/channel.js';

export interface FakePushChannel extends PushChannel {
  readonly sent: readonly { readonly to: string; readonly message: Outgoing }[];
  /** What becomes of the next sends; after that they are sent again. */
  refuseNext(...results: readonly Sent[]): void;
  /** Every send is answered so, until told otherwise. */
  answerAll(result: Sent): void;
}

export const FAKE_PROFILE: ChannelProfile = {
  name: 'telegram',
  textLimit: { most: 4096, per: 'units' },
  buttons: false,
  groups: false,
  push: 'always',
};

/** A channel that keeps what it is sent. */
export function fakePushChannel(profile: Partial<ChannelProfile> = {}): FakePushChannel {
  const sent: { to: string; message: Outgoing }[] = [];
  const results: Sent[] = [];
  let always: Sent = { kind: 'sent' };
  return {
    profile: { ...FAKE_PROFILE, ...profile },
    sent,
    refuseNext: (...next) => {
      results.push(...next);
    },
    answerAll: (result) => {
      always = result;
    },
    // takes a moment, as a network does
    async send(to, message) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const result = results.shift() ?? always;
      if (result.kind === 'sent') sent.push({ to, message });
      return result;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    health: () => ({ ok: true, detail: '' }),
  };
}
