import { useState } from 'react';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';

interface Profile {
  readonly name: string;
  readonly phone: string;
  readonly village: string;
  readonly address: string;
}

const REASONS = [
  ['contact', '联系本人'],
  ['visit', '上门、约时间'],
  ['papers', '写材料要用'],
  ['danger', '人身安全'],
  ['other', '其他'],
] as const;

const PARTS = [
  ['name', '姓名'],
  ['phone', '电话'],
  ['village', '镇村'],
  ['address', '住址'],
] as const;

/** Name and telephone of the person: shown on purpose, with a line in the log. */
export function ContactLine({ client, number }: { readonly client: DeskClient; readonly number: string }) {
  const [asked, setAsked] = useState(false);
  const [profile, setProfile] = useState<Profile | 'none' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const look = (reason: string): void => {
    client.get<{ profile: Profile | null }>(`/tickets/${encodeURIComponent(number)}/unmasked?reason=${reason}`).then(
      (shown) => {
        setProfile(shown.profile ?? 'none');
        setFailure(null);
      },
      (error: unknown) => {
        setFailure(failureText(error));
      },
    );
  };
  return (
    <section className="contact-line" aria-label="联系方式" data-testid="contact">
      <FormFailure text={failure} />
      {profile === 'none' && <p>本人没有留姓名、电话。</p>}
      {profile !== null && profile !== 'none' && (
        <dl className="contact-parts" data-testid="contact-parts">
          {PARTS.filter(([part]) => profile[part] !== '').map(([part, label]) => (
            <div key={part}>
              <dt>{label}</dt>
              <dd>{part === 'phone' ? <a href={`tel:${profile.phone}`}>{profile.phone}</a> : profile[part]}</dd>
            </div>
          ))}
        </dl>
      )}
      {profile === null && !asked && (
        <button
          type="button"
          className="button button-quiet"
          data-testid="contact-show"
          onClick={() => {
            setAsked(true);
          }}
        >
          看联系方式
        </button>
      )}
      {profile === null && asked && (
        <div role="group" aria-label="为什么要看">
          <p>为什么要看？会记进操作记录。</p>
          {REASONS.map(([reason, label]) => (
            <button
              key={reason}
              type="button"
              className="button button-quiet"
              data-testid={`contact-${reason}`}
              onClick={() => {
                look(reason);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
