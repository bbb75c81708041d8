/* run.js - one file of browser tests, for ctest
 *
 *   node tests/browser/run.js assignment
 *
 * Owns:    whether this machine can show it: exit status 77 with the reason when it can't. Where all
 *          must hold (CI), that is a failure.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SKIPPED = 77; /* what ctest reads as "skipped" */
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

function missing() {
    for (const name of ['playwright-core', 'axe-core']) {
        try {
            require.resolve(name);
        } catch {
            return `${name} is not installed: ./dev deps test`;
        }
    }
    try {
        execFileSync('sh', ['-c', `command -v ${process.env.MARSHRUT_CHROMIUM ?? 'chromium'}`]);
    } catch {
        return 'there is no chromium: ./dev deps test';
    }
    return null;
}

const why = missing();
if (why) {
    console.log(`skipped: ${why}`);
    process.exit(process.env.CI ? 1 : SKIPPED);
}
const file = join(here, `${process.argv[2]}.test.js`);
process.exit(spawnSync(process.execPath, ['--test', '--test-reporter=spec', file], { stdio: 'inherit' }).status ?? 1);
