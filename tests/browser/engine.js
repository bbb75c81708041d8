/* engine.js - a real engine in a folder of its own, for one file of tests
 *
 * Owns:    the temporary folder, the process and what it has said.
 * In:      MARSHRUT_BIN, the folder of the built programs.
 * Out:     Engine: its address, requests as a program would make them, its end.
 * Always:  nobody sleeps for a while: whoever waits, waits for a change with GUARD_MS as the end of
 *          patience. An engine must end well: there a leak checker has its say, too.
 */
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const BIN = process.env.MARSHRUT_BIN ?? join(ROOT, 'build/asan/bin');
export const GUARD_MS = Number(process.env.MARSHRUT_GUARD_S ?? 60) * 1000;

/* The plan of 2023 in the middle of its year, with nobody at work on it: much is late. */
const PLAN = ['calendars/ru.yaml', 'bodies/federal.yaml', 'bodies/lo.yaml', 'policies/default.yaml',
    'policies/teachers.yaml', 'roadmap-item.yaml', 'roadmaps/lo-2023.yaml', 'cycles/teacher-cycle.yaml'];

export class Engine {
    /* documents: file name -> YAML text, beside the plan; plan: false leaves that out. programs: bundled
     * workers by name. */
    constructor({ documents = {}, programs = [], start = [], clock, plan = true } = {}) {
        this.plan = plan;
        this.folder = mkdtempSync(join(tmpdir(), 'mrb'));
        this.said = [];
        this.changes = new EventEmitter();
        this.config = {
            folder: join(this.folder, 'data'),
            http: { port: 0 },
            clock: clock ?? { stands: { start: '2023-06-24T09:00' } },
            deploy: [...(plan ? PLAN : []).map((name) => join(ROOT, 'workflows', name)), ...Object.keys(documents)],
            start: [...(plan ? [{ definition: 'lo-2023', key: 'lo-2023' }] : []), ...start],
            programs: programs.map((run) => ({ name: run[0].replace('marshrut-', ''), run })),
        };
        for (const [name, text] of Object.entries(documents)) {
            writeFileSync(join(this.folder, name), text);
        }
    }

    /* Start it and wait until it says where it is to be found; again on the same port after stop(). */
    async start() {
        const file = join(this.folder, 'config.yaml');
        writeFileSync(file, JSON.stringify(this.config)); /* which is YAML, too */
        this.process = spawn(join(BIN, 'marshrutd'), ['--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
        this.ended = new Promise((done) => { this.process.once('exit', (status) => done(status)); });
        const url = new Promise((found) => {
            createInterface({ input: this.process.stderr }).on('line', (line) => {
                this.said.push(line);
                const told = line.match(/ MR-HTTP url=(\S+)/);
                if (told) {
                    found(told[1]);
                }
            });
        });
        this.url = await Promise.race([url, this.ended.then((status) => {
            throw new Error(`marshrutd ended with ${status}:\n${this.said.slice(-20).join('\n')}`);
        })]);
        this.url = this.url.replace(/\/$/, '');
        this.config.http.port = Number(new URL(this.url).port);
        await this.listen();
        await this.until(() => this.get('/stats'), (stats) => !this.plan || stats.instances.running > 60, 'the plan has begun');
        return this;
    }

    /* Hear of changes as a page does, until the engine ends. */
    async listen() {
        const { body } = await fetch(`${this.url}/api/v1/events`);
        const hear = async () => {
            for await (const _ of body) {
                this.changes.emit('change');
            }
        };
        hear().catch(() => {}); /* an engine that was killed */
    }

    /* Ask again with each change until the answer is good; that answer. */
    async until(question, good = Boolean, why = String(question)) {
        const guard = AbortSignal.timeout(GUARD_MS);
        for (;;) {
            const change = once(this.changes, 'change', { signal: guard }).catch(() => null);
            const answer = await question();
            if (good(answer)) {
                return answer;
            }
            if (await change === null) {
                throw new Error(`it did not come: ${why}; last seen: ${JSON.stringify(answer)}`);
            }
        }
    }

    async stop() {
        this.process.kill('SIGTERM');
        const status = await this.ended;
        if (status !== 0) {
            throw new Error(`marshrutd ended with ${status}:\n${this.said.slice(-40).join('\n')}`);
        }
    }

    async close() {
        try {
            await this.stop();
        } finally {
            rmSync(this.folder, { recursive: true, force: true });
        }
    }

    async get(path) {
        return this.answer(await fetch(`${this.url}/api/v1${path}`), path);
    }

    /* The rows of all pages of a list: a slow machine ends a page early. */
    async rows(path) {
        const rows = [];
        for (let next; next !== null;) {
            const after = next === undefined ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(next)}`;
            const page = await this.get(path + after);
            rows.push(...page.rows);
            next = page.next ?? null;
        }
        return rows;
    }

    async post(path, body, by = 'test') {
        const headers = { 'Content-Type': 'application/json', 'Marshrut-By': encodeURIComponent(by) };
        return this.answer(await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }), path);
    }

    async answer(response, path) {
        const text = await response.text();
        if (!response.ok) {
            throw new Error(`${path}: ${response.status} ${text.slice(0, 400)}`);
        }
        return JSON.parse(text);
    }

    async begin(definition, key, input = {}) {
        return (await this.post('/instances', { definition, key, input })).instance;
    }
}
