import { furtherRoutes } from './routes-further.ts';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { matchFirst } from './ui/router/match.ts';
import { usePlace } from './ui/router/router.tsx';

/** The page of an address that is not among the first ones. */
export function FurtherPage() {
  const { path } = usePlace();
  const match = matchFirst(furtherRoutes, path);
  if (match === null) return <NotFoundPage />;
  const { page: Content } = match.route;
  return <Content params={match.params} />;
}
