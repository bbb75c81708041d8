/* trouble.js - work that goes wrong: a process whose call its worker refuses for good
 *
 * In:      an Engine with the worker marshrut-diagnostics.
 * Out:     TROUBLE, a document; incidents(engine, n): n of them are there.
 */

export const TROUBLE = `document: {dsl: 1.0.3, namespace: tests, name: trouble, version: '1'}
do:
  - ask:
      call: diagnostics
      with: {results: nothing}
      metadata: {marshrut: {retry: {attempts: 1}}}
`;

export async function incidents(engine, n) {
    const before = (await engine.rows('/incidents')).length;
    for (let i = 0; i < n; i++) {
        await engine.begin('trouble', `trouble-${before + i}`);
    }
    await engine.until(() => engine.rows('/incidents'), (rows) => rows.length === before + n, `${n} incidents`);
}
