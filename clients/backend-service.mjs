// A backend service with the key of Riverside Clinic: fhir-kit-client for FHIR and discovery, jose for the assertion.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client } from 'fhir-kit-client';
import { importJWK, SignJWT } from 'jose';

const CLIENT = 'dev-riverside-clinic';

async function assertion(tokenUrl, jwk) {
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid, typ: 'JWT' })
    .setIssuer(CLIENT)
    .setSubject(CLIENT)
    .setAudience(tokenUrl)
    .setExpirationTime('4 minutes')
    .sign(await importJWK(jwk, jwk.alg));
}

async function ask(tokenUrl, signed, scope) {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: signed,
    }),
  });
  return { status: response.status, body: await response.json() };
}

export async function backendService(exchange, keys) {
  const client = new Client({ baseUrl: exchange.fhir });
  const { tokenUrl } = await client.smartAuthMetadata();
  console.log(`backend service: fhir-kit-client discovers ${tokenUrl}`);
  for (const jwk of keys) {
    const signed = await assertion(String(tokenUrl), jwk);
    const { status, body } = await ask(tokenUrl, signed, 'system/Patient.rs system/Condition.rs');
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.expires_in <= 300);
    assert.equal(body.refresh_token, undefined);
    client.bearerToken = body.access_token;
    const found = await client.search({ resourceType: 'Patient', searchParams: { _summary: 'count' } });
    console.log(`backend service: ${jwk.alg}, token for ${body.expires_in} s, sees ${found.total} patients`);
    assert.ok(found.total > 0);
    await assert.rejects(client.search({ resourceType: 'Encounter' }), (refusal) => refusal.response.status === 403);
    const again = await ask(tokenUrl, signed, 'system/Patient.rs');
    assert.deepEqual([again.status, again.body.error], [401, 'invalid_client']);
  }
  console.log('backend service: Encounter, not asked for, is 403; an assertion used twice is invalid_client');
}
