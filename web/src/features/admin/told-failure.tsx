import { ApiError } from '../../api/problem.ts';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A failure with words of its own for some codes: what they mean here. */
export function ToldFailure({ error, words }: { error: unknown; words: Readonly<Record<string, string>> }) {
  const told = error instanceof ApiError ? words[error.code] : undefined;
  if (told === undefined) return <Failure error={error} />;
  return (
    <Notice tone="bad" live="alert">
      <p>{told}</p>
    </Notice>
  );
}
