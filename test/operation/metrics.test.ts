import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/adapters/metrics/create-metrics.js';
import { readConfig } from '../../src/config.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const TOKEN = 'a-token-of-32-characters-for-tests';
const server = await startServer(temporaryFolder(), { metricsToken: TOKEN });
const closed = await startServer();

const scrape = async (token = TOKEN): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
};
/** Value of a series: `name{label="value"}`. */
const valueOf = (text: string, series: string): number | null => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
};

describe('the figures at /metrics', () => {
  it('count turns, requests and tickets', async () => {
    const citizen = server.citizen();
    await citizen.ask('老板拖欠工资怎么办');
    await citizen.answerAfter((await citizen.findLawyer()).body.message.id);
    const lawyer = await server.lawyer();
    const [ticket] = await lawyer.tickets();
    await lawyer.act(ticket?.number ?? '', 'claim');
    const { status, text } = await scrape();
    expect(status).toBe(200);
    expect(valueOf(text, 'baimi_turns_total{kind="cited",channel="web"}')).toBe(1);
    expect(valueOf(text, 'baimi_turns_total{kind="handoff",channel="web"}')).toBe(1);
    expect(valueOf(text, 'baimi_turn_duration_seconds_count{channel="web"}')).toBe(2);
    expect(valueOf(text, 'baimi_tickets_open{state="claimed",kind="consultation"}')).toBe(1);
    expect(valueOf(text, 'baimi_http_requests_total{method="POST",route="/api/desk/tickets/:number/claim",status="200"}')).toBe(1);
    expect(valueOf(text, 'baimi_database_up')).toBe(1);
    expect(valueOf(text, 'baimi_process_cpu_seconds_total')).toBeGreaterThan(0);

    await lawyer.act(ticket?.number ?? '', 'close', { outcome: 'resolved', note: '' });
    expect(valueOf((await scrape()).text, 'baimi_tickets_open{state="claimed",kind="consultation"}')).toBeNull();
  });

  it('hold nothing that stands in an address: no code, no ticket number, nothing that somebody made up', async () => {
    const citizen = server.citizen();
    for (const path of [
      '/t/ABCD-2345',
      '/api/desk/tickets/20261124-0001',
      '/api/13800138000',
      '/wang-wu',
      '/assets/wang-wu.js',
      '/t/%E7%8E%8B',
    ]) {
      await citizen.send('GET', path);
    }
    await fetch(`${server.url}/`, { method: 'PROPFIND' });
    const { text } = await scrape();
    const routes = [...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route ?? '');
    expect(routes).toEqual(expect.arrayContaining(['/t/:code', '/assets', 'other']));
    for (const route of routes) expect(route).toMatch(/^(?:other|[a-z/:-]*)$/);
    expect(text).toContain('method="other"');
    expect(text).not.toMatch(/ABCD|20261124|13800138000|wang/);
  });

  it('are shown to nobody without the token, and are not there where none is set', async () => {
    expect((await scrape('another')).status).toBe(401);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${server.url}/metrics?token=${TOKEN}`)).status).toBe(401);
    expect((await fetch(`${closed.url}/metrics`, { headers: { authorization: 'Bearer ' } })).status).toBe(404);
  });

  it('say of channels whether they work, and of the database that it does not, and show the rest', async () => {
    const metrics = createMetrics({
      openTickets: () => Promise.reject(new Error('gone')),
      undelivered: () => Promise.resolve([{ channel: 'telegram', state: 'failed', count: 2 }]),
      channels: () => [
        { name: 'telegram', ok: false, detail: '连不上' },
        { name: 'official-account', ok: true, detail: '正常' },
      ],
    });
    metrics.modelCall('failed');
    const text = await metrics.text();
    expect(valueOf(text, 'baimi_channel_up{channel="telegram"}')).toBe(0);
    expect(valueOf(text, 'baimi_channel_up{channel="official-account"}')).toBe(1);
    expect(valueOf(text, 'baimi_database_up')).toBe(0);
    expect(valueOf(text, 'baimi_model_calls_total{outcome="failed"}')).toBe(1);
    expect(text).not.toContain('连不上');
  });

  it('need a token that is long enough to be one', () => {
    expect(() => readConfig({ BAIMI_METRICS_TOKEN: 'short' })).toThrow(/BAIMI_METRICS_TOKEN 不对：要 16 到 200 个/);
  });
});
