import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import '../shared/buttons.css';
import './desk.css';
import './entrance.css';
import './queue.css';
import './ticket.css';
import './brief.css';
import './reply.css';
import './thread.css';
import './dialogs/dialogs.css';
import './tools/tools.css';
import './learning/learning.css';
import './knowledge/knowledge.css';
import './personal/personal.css';
import './channels/channels.css';
import './organisation/organisation.css';
import './duty/duty.css';
import './accounts/accounts.css';
import './audit/audit.css';
import { DeskPage } from './DeskPage.js';

const root = document.getElementById('root');
if (root === null) throw new Error('desk.html has no #root');
createRoot(root).render(
  <StrictMode>
    <DeskPage />
  </StrictMode>,
);
