import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the guide. */
export const GUIDE = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A home folder for SUSHI, which looks for packages in `.fhir/packages` of its user's home and nowhere else. */
export const HOME = path.join(GUIDE, '.cache');

/** The package of the R4 definitions. */
export const CORE_PACKAGE = path.join(HOME, '.fhir', 'packages', 'hl7.fhir.r4.core#4.0.1');

/** Where Maven puts the XML bundles, for as long as they are converted. */
export const UNPACKED = path.join(HOME, 'unpacked');

/** What SUSHI writes. */
export const GENERATED = path.join(GUIDE, 'fsh-generated', 'resources');
