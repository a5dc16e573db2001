// A patient launches an app by themselves: fhirclient in headless Chromium, by keyboard; axe-core looks at the pages.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const FILES = {
  '/launch.html': ['text/html', new URL('app/launch.html', import.meta.url)],
  '/index.html': ['text/html', new URL('app/index.html', import.meta.url)],
  '/fhir-client.js': ['text/javascript', new URL('node_modules/fhirclient/build/fhir-client.js', import.meta.url)],
};

function serve(port) {
  const server = createServer(async (request, response) => {
    const [type, file] = FILES[new URL(request.url, 'http://127.0.0.1').pathname] ?? [];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': type }).end(await readFile(file));
  });
  return new Promise((ready) => server.listen(port, '127.0.0.1', () => ready(server)));
}

async function inspect(page, heading) {
  await page.getByRole('heading', { name: heading }).waitFor();
  await page.addScriptTag({ path: require.resolve('axe-core') });
  const { violations, passes } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((violation) => violation.id), [], heading);
  console.log(`standalone launch: "${heading}", ${passes.length} checks of axe-core passed, 0 failed`);
}

export async function standaloneLaunch(exchange) {
  const app = await serve(new URL(exchange.app).port);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  try {
    // Without its content policy a page lets axe-core in; the pages themselves have no script.
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    page.on('pageerror', (surprise) => console.error(surprise));
    await page.goto(`${exchange.app}/launch.html?iss=${encodeURIComponent(exchange.fhir)}`);

    await inspect(page, 'Sign in');
    await page.getByLabel('Who are you?').focus();
    await page.keyboard.type('Cory');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await inspect(page, 'Which record?');
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    const picked = await page.getByRole('radio', { checked: true }).getAttribute('value');
    await page.keyboard.press('Enter');

    await inspect(page, 'What may the app do?');
    await page.getByRole('button', { name: 'Allow' }).focus();
    await page.keyboard.press('Enter');

    await page.waitForFunction(() => document.title === 'done', null, { timeout: 30_000 });
    const seen = JSON.parse(await page.locator('#seen').textContent());
    assert.equal(seen.error, undefined);
    console.log(`standalone launch: fhirclient is about Patient/${seen.patient}, ${seen.name}, as ${seen.fhirUser}`);
    console.log(`standalone launch: sees ${seen.patients} patient and ${seen.observations} observations, refreshed: ${seen.refreshed}`);
    assert.equal(seen.patient, picked);
    assert.ok(seen.fhirUser.endsWith(`Patient/${picked}`));
    assert.equal(seen.patients, 1);
    assert.ok(seen.observations > 0);
    assert.equal(seen.refreshed, true);
  } finally {
    await browser.close();
    app.close();
  }
}
