// Builds the package hl7.fhir.r4.core#4.0.1 in a FHIR cache of this folder, from the definitions HAPI FHIR carries.
//
// SUSHI would fetch that package from a FHIR registry. HAPI's validation resources hold the same definitions as XML
// bundles, they are what the server itself validates against, and Maven brings them from where the build gets the rest.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fhirTool from 'fhir-tool';
import { CORE_PACKAGE, UNPACKED } from './paths.mjs';

const RESOURCES = 'ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4:8.8.0';
const UNPACK = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack';
const BUNDLES = [
    'profile/profiles-types',
    'profile/profiles-resources',
    'profile/profiles-others',
    'extension/extension-definitions',
    'valueset/valuesets',
    'valueset/v2-tables',
    'valueset/v3-codesystems',
];
const COMPLETE = path.join(CORE_PACKAGE, 'package', 'package.json');

if (fs.existsSync(COMPLETE)) {
    console.log('R4 definitions: already there');
} else {
    unpack();
    console.log(`R4 definitions: ${convert()} resources from ${RESOURCES}`);
}

function unpack() {
    const windows = process.platform === 'win32';

    fs.mkdirSync(UNPACKED, { recursive: true });
    execFileSync(
        'mvn',
        [
            '--batch-mode',
            '--quiet',
            '-Dstyle.color=never',
            UNPACK,
            `-Dartifact=${RESOURCES}`,
            '-Dmdep.unpack.includes=org/hl7/fhir/r4/model/*/*.xml',
            `-DoutputDirectory=${UNPACKED}`,
        ],
        // there, since without a project the plugin leaves its marker files in the working directory
        { cwd: UNPACKED, stdio: 'inherit', shell: windows },
    );
}

function convert() {
    const folder = path.dirname(COMPLETE);
    const fhir = new fhirTool.Fhir();
    const written = new Set();

    fs.rmSync(CORE_PACKAGE, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    for (const bundle of BUNDLES) {
        const xml = fs.readFileSync(path.join(UNPACKED, 'org/hl7/fhir/r4/model', `${bundle}.xml`), 'utf8');
        for (const { resource } of fhir.xmlToObj(xml).entry) {
            const name = `${resource.resourceType}-${resource.id}.json`;
            fs.writeFileSync(path.join(folder, name), JSON.stringify(withoutComments(resource)));
            written.add(name);
        }
    }
    fs.rmSync(UNPACKED, { recursive: true });
    // last, so that a package with this file is a whole one
    fs.writeFileSync(COMPLETE, JSON.stringify(manifest()));
    return written.size;
}

/** The converter keeps XML comments in a property that FHIR's JSON does not have. */
function withoutComments(resource) {
    return JSON.parse(JSON.stringify(resource, (key, value) => (key === 'fhir_comments' ? undefined : value)));
}

function manifest() {
    return {
        name: 'hl7.fhir.r4.core',
        version: '4.0.1',
        fhirVersions: ['4.0.1'],
        type: 'fhir.core',
        license: 'CC0-1.0',
        canonical: 'http://hl7.org/fhir',
    };
}
