import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import '../shared/buttons.css';
import './chat.css';
import './start.css';
import './composer.css';
import './messages.css';
import './answers/answers.css';
import './answers/citations.css';
import './answers/options.css';
import './feedback/feedback.css';
import './pickup-code.css';
import './print.css';
import { ChatPage } from './ChatPage.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ChatPage />
  </StrictMode>,
);
