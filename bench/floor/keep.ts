/** Makes what was written down: the statements of one call as one piece and one transaction. */
import type { Pool } from 'pg';
import type { Prisma } from '../../src/platform/db/client.ts';
import { asTenant, sendPiece } from '../../src/platform/db/piece.ts';
import { newId } from '../../src/platform/ids.ts';
import type { KeptPlan, KeptStatement, KeptVisit } from './record.ts';

/** Throws when one of them finds or changes no row: it was for a meeting in another state. */
export async function keep(
  pool: Pool,
  { tenantId, texts }: Pick<KeptPlan, 'tenantId' | 'texts'>,
  statements: readonly KeptStatement[],
): Promise<void> {
  const client = await pool.connect();
  try {
    const results = await Promise.all(
      statements.map(({ text, values }, index) =>
        sendPiece(client, { text: texts[text], values } as Prisma.Sql, {
          before: index === 0 ? [{ name: 'begin' }, ...asTenant(tenantId)] : [],
          commit: index === statements.length - 1,
        }),
      ),
    );
    const nothing = results.findIndex(({ rowCount }) => rowCount === 0);
    if (nothing >= 0)
      throw new Error(`This statement of the floor did nothing: ${texts[statements[nothing]?.text ?? 0]}`);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The statements of another line of chat than the one that was written down. */
export function anotherLine({ statements, own }: KeptVisit['lines']['doctor']): KeptStatement[] {
  const made = new Map<unknown, string>(own.map((id) => [id, newId()]));
  return statements.map(({ text, values }) => ({ text, values: values.map((value) => made.get(value) ?? value) }));
}
