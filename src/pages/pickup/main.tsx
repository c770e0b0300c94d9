import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import '../shared/buttons.css';
import '../chat/messages.css';
import './pickup.css';
import { PickupPage } from './PickupPage.js';

const root = document.getElementById('root');
if (root === null) throw new Error('pickup.html has no #root');
createRoot(root).render(
  <StrictMode>
    <PickupPage />
  </StrictMode>,
);
