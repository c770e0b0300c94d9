import { useCallback, useEffect, useState } from 'react';
import type { PickupView } from '../../domain/views.js';
import { markReadByCode, openPickup, resumeHere } from '../shared/pickup-requests.js';
import { failureText, RequestError } from '../shared/request.js';

export interface PickupState {
  readonly code: string;
  readonly digits: string;
  /** The last four digits of a telephone number are asked for. */
  readonly digitsWanted: boolean;
  readonly view: PickupView | null;
  readonly failure: string | null;
  readonly busy: boolean;
  readonly changeCode: (code: string) => void;
  readonly changeDigits: (digits: string) => void;
  readonly open: () => void;
  readonly resume: () => void;
  /** Says how far the replies were seen. */
  readonly markRead: (upTo: number) => Promise<void>;
}

/** The code that stands in the address: /t/CODE. */
function codeInAddress(): string {
  return /^\/t\/([\w-]{8,9})$/.exec(window.location.pathname)?.[1]?.toUpperCase() ?? '';
}

/** What is typed at /t and what it opens. */
export function usePickup(): PickupState {
  const [code, setCode] = useState(codeInAddress);
  const [digits, setDigits] = useState('');
  const [digitsWanted, setDigitsWanted] = useState(false);
  const [view, setView] = useState<PickupView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const run = useCallback((work: Promise<void>) => {
    setBusy(true);
    setFailure(null);
    work
      .catch((error: unknown) => {
        if (error instanceof RequestError && error.code === 'digits-wanted') {
          setDigitsWanted(true);
          setDigits('');
        }
        setFailure(failureText(error));
      })
      .finally(() => {
        setBusy(false);
      });
  }, []);
  const typed = digitsWanted && digits !== '' ? digits : null;

  useEffect(() => {
    const given = codeInAddress();
    if (given === '') return;
    run(openPickup(given, null).then(setView));
  }, [run]);

  const markRead = useCallback((upTo: number) => markReadByCode(code, typed, upTo), [code, typed]);

  return {
    code,
    digits,
    digitsWanted,
    view,
    failure,
    busy,
    changeCode: setCode,
    changeDigits: setDigits,
    open: () => {
      run(openPickup(code, typed).then(setView));
    },
    markRead,
    resume: () => {
      run(
        resumeHere(code, typed).then(() => {
          window.location.assign('/');
        }),
      );
    },
  };
}
