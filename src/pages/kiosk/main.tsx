import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import '../shared/buttons.css';
import '../chat/chat.css';
import '../chat/start.css';
import '../chat/composer.css';
import '../chat/messages.css';
import '../chat/answers/answers.css';
import '../chat/answers/citations.css';
import '../chat/answers/options.css';
import '../chat/feedback/feedback.css';
import '../chat/print.css';
import './kiosk.css';
import { KioskPage } from './KioskPage.js';

const root = document.getElementById('root');
if (root === null) throw new Error('kiosk.html has no #root');
createRoot(root).render(
  <StrictMode>
    <KioskPage />
  </StrictMode>,
);
