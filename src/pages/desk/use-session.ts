import { useCallback, useEffect, useMemo, useState } from 'react';
import type { StaffView } from '../../domain/views.js';
import { RequestError } from '../shared/request.js';
import { deskClient, whoAmI } from './desk-client.js';
import type { DeskClient } from './desk-client.js';
import { forgetReplyDrafts } from './reply-draft.js';

export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly staff: StaffView };

export interface Session {
  readonly state: SessionState;
  readonly client: DeskClient;
  readonly enter: (staff: StaffView) => void;
  readonly leave: () => void;
  readonly check: () => void;
}

/** Who works at this desk. */
export function useSession(): Session {
  const [state, setState] = useState<SessionState>({ kind: 'loading' });

  const check = useCallback(() => {
    whoAmI().then(
      (staff) => {
        setState({ kind: 'signed-in', staff });
      },
      (error: unknown) => {
        if (error instanceof RequestError && error.status === 401) setState({ kind: 'signed-out' });
        else setState((before) => (before.kind === 'signed-in' ? before : { kind: 'unreachable' }));
      },
    );
  }, []);
  useEffect(check, [check]);

  const enter = useCallback((staff: StaffView) => {
    setState({ kind: 'signed-in', staff });
  }, []);

  const csrf = state.kind === 'signed-in' ? state.staff.csrf : '';
  const client = useMemo(() => deskClient(csrf, check), [csrf, check]);
  const leave = useCallback(() => {
    forgetReplyDrafts();
    client.signOut().then(
      () => {
        setState({ kind: 'signed-out' });
      },
      () => {
        check();
      },
    );
  }, [client, check]);

  return { state, client, enter, leave, check };
}
