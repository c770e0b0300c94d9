import type { PickupState } from './use-pickup.js';

/** Where the code is typed, and the digits where they are asked for. */
export function PickupForm({ pickup }: { readonly pickup: PickupState }) {
  const { code, digits, digitsWanted, busy, changeCode, changeDigits, open } = pickup;
  return (
    <form
      className="pickup-form"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <label htmlFor="pickup-code">取件码（8 位）</label>
      <input
        id="pickup-code"
        data-testid="pickup-code"
        value={code}
        maxLength={9}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX"
        onChange={(event) => {
          changeCode(event.target.value);
        }}
      />
      {digitsWanted && (
        <>
          <label htmlFor="pickup-digits">手机号后四位</label>
          <input
            id="pickup-digits"
            data-testid="pickup-digits"
            value={digits}
            maxLength={4}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => {
              changeDigits(event.target.value.replace(/\D/g, ''));
            }}
          />
        </>
      )}
      <button type="submit" className="button button-primary" data-testid="pickup-open" disabled={busy || code.trim().length < 8}>
        看答复
      </button>
    </form>
  );
}
