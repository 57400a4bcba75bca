import type { Keeping } from './context.ts';
import { changeException, createException, deleteException } from './exceptions.ts';
import { changeRule, createRule, deleteRule } from './rules.ts';
import type { Affected, Preview } from './schema.ts';

/** Makes the change, hears what it does, and takes it back. Throws as the change itself would. */
export async function previewChange(keeping: Keeping, preview: Preview): Promise<Affected> {
  const { tx } = keeping;
  await tx.$executeRaw`savepoint preview`;
  const { affected, affectedCount } = await make(keeping, preview);
  await tx.$executeRaw`rollback to savepoint preview`;
  return { affected, affectedCount };
}

function make(keeping: Keeping, preview: Preview): Promise<Affected> {
  switch (preview.change) {
    case 'create-rule':
      return createRule(keeping, preview.rule);
    case 'change-rule':
      return changeRule(keeping, preview.id, preview.rule);
    case 'delete-rule':
      return deleteRule(keeping, preview.id);
    case 'create-exception':
      return createException(keeping, preview.exception);
    case 'change-exception':
      return changeException(keeping, preview.id, preview.exception);
    case 'delete-exception':
      return deleteException(keeping, preview.id);
  }
}
