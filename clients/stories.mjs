// Starts the built jar and lets clients that others wrote do what SMART App Launch 2.2.0 says: fhirclient launches an app
// for a patient in headless Chromium, fhir-kit-client runs as a backend service. Prints what they saw; any surprise is an error.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { backendService } from './backend-service.mjs';
import { standaloneLaunch } from './standalone-launch.mjs';

const port = Number(process.env.ACCORD_CLIENTS_PORT ?? 9300);
const jar = resolve(process.argv[2] ?? '../server/target/accord-server.jar');
const exchange = {
  fhir: `http://127.0.0.1:${port}/fhir`,
  issuer: `http://127.0.0.1:${port + 1}`,
  app: `http://127.0.0.1:${port + 2}`,
};

async function start(directory) {
  const server = spawn(
    'java',
    [
      '-Xmx1g',
      '-jar',
      jar,
      `--server.port=${port}`,
      `--accord.development.issuer-port=${port + 1}`,
      `--accord.development.redirect-uris=${exchange.app}/index.html`,
      `--accord.database.port=${port + 3}`,
      `--management.server.port=${port + 4}`,
    ],
    { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  await new Promise((answers, fails) => {
    server.on('exit', (code) => fails(new Error(`the server ended with ${code}\n${said}`)));
    server.stdout.on('data', (text) => {
      said += text;
      if (said.includes('Accord answers at')) {
        answers();
      }
    });
  });
  return server;
}

async function stop(server) {
  const ended = new Promise((end) => server.removeAllListeners('exit').on('exit', end));
  server.kill('SIGTERM');
  await ended;
}

const directory = await mkdtemp(join(tmpdir(), 'accord-clients-'));
let server;
try {
  server = await start(directory);
  const keys = join(directory, 'data/development/development-only-riverside-clinic.jwks.json');
  await backendService(exchange, JSON.parse(await readFile(keys, 'utf8')).keys);
  await standaloneLaunch(exchange);
  console.log('both stories are as they should be');
} catch (surprise) {
  console.error(surprise);
  process.exitCode = 1;
} finally {
  if (server) {
    await stop(server);
  }
  await rm(directory, { recursive: true, force: true });
}
