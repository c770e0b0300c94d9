import { Logo } from '../shared/Logo.js';
import { PickupForm } from './PickupForm.js';
import { PickupReplies } from './PickupReplies.js';
import { usePickup } from './use-pickup.js';

/** What a lawyer has answered, read by a code, on any device. */
export function PickupPage() {
  const pickup = usePickup();
  return (
    <div className="pickup">
      <header className="pickup-head">
        <Logo />
        <h1>百米问法 · 取件</h1>
      </header>
      <main>
        {pickup.view === null ? <PickupForm pickup={pickup} /> : <PickupReplies view={pickup.view} pickup={pickup} />}
        <p className="pickup-failure" role="alert" data-testid="pickup-failure">
          {pickup.failure}
        </p>
      </main>
    </div>
  );
}
