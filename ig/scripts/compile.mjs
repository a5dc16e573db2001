// Runs SUSHI on this folder, with the packages in the guide's own cache and no others.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { GENERATED, GUIDE, HOME } from './paths.mjs';

const sushi = createRequire(import.meta.url).resolve('fsh-sushi/dist/app.js');

fs.rmSync(GENERATED, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [sushi, 'build', '--snapshot', GUIDE], {
    stdio: 'inherit',
    env: {
        ...process.env,
        HOME,
        USERPROFILE: HOME,
        // not an address, so that SUSHI asks no registry for packages: it finds them in the cache or does without
        FPL_REGISTRY: 'none:',
    },
});
process.exit(status ?? 1);
