// The compiled guide: everything is there, and each invariant refuses what it is for and nothing else.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { GENERATED } from '../scripts/paths.mjs';

const EXAMPLES = ['PermitTreatment', 'DenyOrganization', 'DenySubstanceUse'];
const profile = read('StructureDefinition-accord-consent');
const element = Object.fromEntries(profile.snapshot.element.map((one) => [one.id, one]));

test('the guide holds the profile, the extension and the examples', () => {
    const expected = ['StructureDefinition-accord-consent', 'StructureDefinition-redact', ...EXAMPLES.map((id) => `Consent-${id}`)];

    assert.deepEqual(fs.readdirSync(GENERATED).sort(), expected.map((name) => `${name}.json`).sort());
});

test('the profile is about one patient and their privacy', () => {
    assert.equal(profile.url, 'https://accordhie.org/fhir/StructureDefinition/accord-consent');
    assert.equal(element['Consent.patient'].min, 1);
    assert.deepEqual(element['Consent.scope'].patternCodeableConcept.coding, [
        { system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' },
    ]);
});

test('the extension names one element', () => {
    const redact = read('StructureDefinition-redact');
    const value = redact.snapshot.element.find((one) => one.id === 'Extension.value[x]');
    const path = value.constraint.find((one) => one.key === 'accord-element-path').expression;

    assert.equal(redact.url, 'https://accordhie.org/fhir/StructureDefinition/redact');
    assert.deepEqual([value.min, value.type.map((one) => one.code)], [1, ['string']]);
    assert.deepEqual(fhirpath.evaluate('Patient.contact.telecom', path), [true]);
    assert.deepEqual(fhirpath.evaluate('telecom', path), [false]);
});

for (const id of EXAMPLES) {
    test(`${id} keeps every invariant`, () => {
        const example = read(`Consent-${id}`);

        assert.deepEqual(example.meta.profile, [profile.url]);
        assert.deepEqual(broken(example), []);
    });
}

const permit = (more) => ({ type: 'permit', ...more });
const treatment = { purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }] };
const rule = (code, system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode') => ({ coding: [{ system, code }] });

const table = [
    ['a policy rule alone', { policyRule: rule('OPTIN'), provision: undefined }, []],
    ...['OPTINR', 'IMPLIED', 'OPTOUT', 'OPTOUTE'].map((code) => [`policy rule ${code}`, { policyRule: rule(code) }, []]),
    ['a typed root under another policy rule', { policyRule: rule('hipaa-auth'), provision: permit() }, []],
    ['a typed root with criteria', { provision: permit(treatment) }, []],
    ['an untyped root with a period', { provision: { period: { start: '2026' } } }, []],
    ['a type three levels down', { provision: { provision: [permit({ provision: [permit()] })] } }, []],

    ['no base rule', { policyRule: rule('hipaa-auth'), provision: undefined }, ['accord-base-rule']],
    ['a base rule of another code system', { policyRule: rule('OPTIN', 'urn:other') }, ['accord-base-rule']],
    ['a policy rule in words', { policyRule: { text: 'OPTIN' } }, ['accord-base-rule']],
    ...['actor', 'action', 'securityLabel', 'purpose', 'class', 'code', 'data'].map((criterion) => [
        `an untyped root with ${criterion}`,
        { provision: { [criterion]: [{}] } },
        ['accord-untyped-root'],
    ]),
    ['an untyped root with dataPeriod', { provision: { dataPeriod: { start: '2026' } } }, ['accord-untyped-root']],
    ['an untyped exception', { provision: { provision: [treatment] } }, ['accord-nested-type']],
    [
        'an untyped exception two levels down',
        { provision: { provision: [permit({ provision: [permit(), treatment] })] } },
        ['accord-nested-type'],
    ],
    [
        'an untyped exception that is otherwise the one above it',
        { provision: { provision: [permit({ ...treatment, provision: [treatment] })] } },
        ['accord-nested-type'],
    ],
    [
        'an untyped exception three levels down',
        { provision: { provision: [permit({ provision: [permit({ provision: [treatment] })] })] } },
        ['accord-nested-type'],
    ],
];

for (const [title, change, expected] of table) {
    test(`${expected.length ? 'refused' : 'accepted'}: ${title}`, () => {
        const consent = { ...read('Consent-DenySubstanceUse'), ...change };

        assert.deepEqual(broken(consent), expected);
    });
}

function broken(consent) {
    return element.Consent.constraint
        .filter(({ key }) => key.startsWith('accord-') || key.startsWith('ppc-'))
        .filter(({ expression }) => fhirpath.evaluate(consent, expression, null, r4)[0] !== true)
        .map(({ key }) => key);
}

function read(name) {
    return JSON.parse(fs.readFileSync(path.join(GENERATED, `${name}.json`), 'utf8'));
}
