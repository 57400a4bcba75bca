import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { useMove } from './use-move.tsx';

/** What became of a move: with Undo, with the reason of a refusal, or with the question about hours. */
export function MoveNewsNotice({ news, forget, isMoving, move }: ReturnType<typeof useMove>) {
  const { t } = useTranslation('planning');
  const outside = news?.kind === 'outside' ? news : null;
  return (
    <>
      {news?.kind === 'moved' && (
        <Notice tone="good">
          <div className="row">
            <span>{news.text}</span>
            {news.undo !== null && (
              <Button
                variant="default"
                loading={isMoving}
                onClick={() => {
                  if (news.undo !== null) move(news.undo);
                }}
              >
                {t('calendar.undo')}
              </Button>
            )}
          </div>
        </Notice>
      )}
      {news?.kind === 'refused' &&
        (news.text === '' ? (
          <Failure error={news.error} />
        ) : (
          <Notice tone="bad" live="alert">
            <p>{news.text}</p>
          </Notice>
        ))}
      <ConfirmDialog
        isOpen={outside !== null}
        isBusy={isMoving}
        title={t('calendar.outsideTitle')}
        yes={t('calendar.outsideYes')}
        no={t('calendar.outsideNo')}
        onYes={() => {
          if (outside !== null) move(outside.moving);
        }}
        onNo={forget}
      >
        <p>{outside?.text}</p>
      </ConfirmDialog>
    </>
  );
}
