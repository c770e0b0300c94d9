import { useEffect, useState } from 'react';
import { newPickupCode, pickupAddress } from '../shared/pickup-requests.js';
import { failureText } from '../shared/request.js';

/** What is printed beside the conversation. */
export interface Sheet {
  readonly code: string;
  /** Address to go on by phone. */
  readonly address: string;
  /** Rows of the QR code, dark squares true. */
  readonly squares: readonly (readonly boolean[])[];
  readonly printedAt: number;
}

export interface Print {
  readonly sheet: Sheet | null;
  readonly failure: string | null;
  readonly busy: boolean;
  readonly print: () => void;
}

/** Makes a code to go on by phone, then prints; the code is made here, the QR code is drawn here. */
export function usePrint(): Print {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  // printed once the sheet stands in the page
  useEffect(() => {
    if (sheet !== null) window.print();
  }, [sheet]);

  return {
    sheet,
    failure,
    busy,
    print: () => {
      setBusy(true);
      setFailure(null);
      makeSheet()
        .then(setSheet, (error: unknown) => {
          setFailure(failureText(error));
        })
        .finally(() => {
          setBusy(false);
        });
    },
  };
}

async function makeSheet(): Promise<Sheet> {
  const [{ create }, { code }] = await Promise.all([import('qrcode'), newPickupCode()]);
  const address = pickupAddress(code);
  const { modules } = create(address, { errorCorrectionLevel: 'M' });
  const squares = Array.from({ length: modules.size }, (_row, row) =>
    Array.from({ length: modules.size }, (_column, column) => modules.get(row, column) === 1),
  );
  return { code, address, squares, printedAt: Date.now() };
}
