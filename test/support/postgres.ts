import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll } from 'vitest';

const INSTALLED = '/usr/lib/postgresql';
const BIN = existsSync(INSTALLED)
  ? readdirSync(INSTALLED)
      .map(Number)
      .sort((a, b) => b - a)
      .map((version) => join(INSTALLED, String(version), 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb')))
  : undefined;

/** Why tests on PostgreSQL are left out; null where it is there. */
export const NO_POSTGRES = BIN === undefined ? 'no PostgreSQL on this machine: apt-get install postgresql' : null;

const USER = 'baimi';
const PASSWORD = 'p@ss:word/of the test';

export interface PostgresCluster {
  /** Address of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Statements as the administrator, on the database that every cluster has. */
  administer(statement: string): Promise<unknown[]>;
  stop(): Promise<void>;
}

let shared: Promise<PostgresCluster> | null = null;

/** The private server of this test file, started at first use, gone after its tests. */
export function postgresCluster(): Promise<PostgresCluster> {
  if (shared === null) {
    shared = startPostgres();
    process.once('exit', () => child?.kill('SIGQUIT'));
  }
  return shared;
}

afterAll(async () => {
  await (await shared)?.stop();
  shared = null;
});

let child: ChildProcess | null = null;

/** With fsync, a password, and a collation that is not the one that byte order would be. */
async function startPostgres(): Promise<PostgresCluster> {
  const bin = BIN ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'baimi-postgres-'));
  const identity = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  writeFileSync(join(folder, 'password'), PASSWORD);
  if (identity.uid !== undefined) for (const path of [folder, join(folder, 'password')]) chownSync(path, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const options = ['--username', USER, '--auth', 'scram-sha-256', '--pwfile', join(folder, 'password'), '--encoding', 'UTF8', '--no-sync'];
  const chinese = ['--locale', 'C.UTF-8', '--locale-provider', 'icu', '--icu-locale', 'zh-CN'];
  execFileSync(join(bin, 'initdb'), ['-D', data, ...options, ...chinese], {
    ...identity,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await freePort();
  const settings = [`port=${String(port)}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'max_connections=100'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    cwd: folder,
    stdio: 'ignore',
  });
  child = server;
  const address = (database: string): string => {
    const url = new URL(`postgres://127.0.0.1:${String(port)}/${database}`);
    url.username = USER;
    url.password = PASSWORD;
    return url.href;
  };
  const administer = async (statement: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: address('postgres') });
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  await untilItAnswers(() => administer('select 1'), server);
  let databases = 0;
  return {
    administer,
    async createDatabase() {
      const name = `test_${String(databases++)}`;
      await administer(`create database ${name}`);
      return address(name);
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      child = null;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

async function untilItAnswers(ask: () => Promise<unknown>, server: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (server.exitCode !== null || tries > 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
