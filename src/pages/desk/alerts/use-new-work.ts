import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueView } from '../../../domain/desk-views.js';
import { storedText } from '../../shared/stored-text.js';
import type { DeskClient } from '../desk-client.js';
import { playTone } from './tone.js';
import { badgeText, newsBetween, waitingForMe, type WaitingForMe } from './what-is-new.js';

const TITLE = '律师工作台 · 百米问法';
const muted = storedText(() => window.localStorage, 'baimi-desk-muted');

export interface NewWork {
  /** The latest news, for whoever listens to the page; empty at first. */
  readonly news: string;
  readonly sound: boolean;
  readonly onSound: (on: boolean) => void;
}

/**
 * Tells when something new waits for whoever sits here: in the page's title, by a tone, and in words.
 * @param open the ticket in view
 */
export function useNewWork(client: DeskClient, tick: number, open: string | null): NewWork {
  const [waiting, setWaiting] = useState<WaitingForMe | null>(null);
  const [news, setNews] = useState('');
  const [sound, setSound] = useState(() => muted.read() === '');
  const known = useRef<WaitingForMe | null>(null);
  const inView = useRef(open);
  const audible = useRef(sound);
  useEffect(() => {
    inView.current = open;
    audible.current = sound;
  }, [open, sound]);

  useEffect(() => {
    let current = true;
    client.get<QueueView>('/queue?show=mine').then(
      (view) => {
        if (!current) return;
        const next = waitingForMe(view);
        const text = known.current === null ? null : newsBetween(known.current, next, document.hidden ? null : inView.current);
        known.current = next;
        setWaiting(next);
        if (text === null) return;
        setNews(text);
        if (audible.current) playTone();
      },
      () => undefined, // the queue itself says that the network is away
    );
    return () => {
      current = false;
    };
  }, [client, tick]);

  useEffect(() => {
    document.title = (waiting === null ? '' : badgeText(waiting)) + TITLE;
    return () => {
      document.title = TITLE;
    };
  }, [waiting]);

  const onSound = useCallback((on: boolean) => {
    setSound(on);
    muted.write(on ? '' : '1');
    if (on) playTone();
  }, []);
  return { news, sound, onSound };
}
