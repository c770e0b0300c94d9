/** Why a form did not go through; read out at once. */
export function FormFailure({ text }: { readonly text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className="failure" data-testid="form-failure">
          {text}
        </p>
      )}
    </div>
  );
}
